"""Patterns of statements that need a source: a number of something, a statistic, a law, an effect.

Generic English only; what a guide counts besides people and time comes from its labels. The lists would rather miss
something than report something that's fine: editors who get false alarms stop reading messages.
"""

import re
from collections.abc import Iterable, Iterator

from guide.reading.passages import Passage


def _any_of(*parts: str) -> str:
    return f"(?:{'|'.join(parts)})"


# Numbers and statistics

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_RANGE = rf"{_NUMBER}(?:\s*(?:to|or|and|-|–)\s*{_NUMBER})?"
_YEAR = r"(?:19|20)\d\d\b"
_UNITS = (
    *("hours?", "days?", "nights?", "weeks?", "months?", "years?", "dollars?"),
    *("people", "persons", "adults?", "children", "women", "men", "participants?"),
    *("studies", "trials?", "reviews?", "surveys?"),
)
_NOT_COUNTED = "of|the|and|or|to|in|a|an|at|on|for|with|by|from|this|that|these|those|who|which|whom|things"
_STATISTIC = _any_of(
    rf"{_NUMBER} (?:in|of|out of)(?: every)? {_NUMBER}",
    rf"{_NUMBER} (?:of them|times (?:a|each|per) (?:day|week|month|year))",
    rf"(?:twice|{_NUMBER} times) (?:as|more|less|the)",
    r"(?:half|a third|a quarter|two thirds|three quarters) of",
    *("more than half", "fewer than half", "majority of", "odds of", "on average", "the average", "median"),
)

# Laws

_SAYS = "says?|requires?|protects?|bars?|bans?|lets?|gives?|covers?|sets?|allows?|forbids?"
LAW = re.compile(
    r"\b"
    + _any_of(
        r"(?:[Ff]ederal|[Ss]tate|[Pp]arity|[Pp]rivacy|[Dd]isability|by|under) laws?\b(?! (?:office|firm|school))",
        rf"(?:[Tt]he|[Tt]his|[Tt]hat|[Aa]) (?:\w+ ){{0,2}}(?:law|rule|act) (?:of \d{{4}}|{_SAYS})\b",
        r"[Ll]aws (?:on|about|against)\b",
        r"(?:[Ff]ederal|[Ss]tate|[Cc]ourt) (?:rules?|regulations?)\b",
        r"[A-Z]\w+ Act\b",
        r"Section \d+",
    )
)

# Effects

_CHANGES = (
    *("lowers?", "lowered", "lowering", "reduces?", "reduced", "reducing", "cuts?", "raises?", "raised", "increases?"),
    *("increased", "doubles?", "doubled", "halves", "halved", "improves?", "improved", "prevents?", "prevented"),
    *("shortens?", "shortened", "eases?", "eased", "protects?", "protected"),
)
_OUTCOMES = (
    *("risks?", "chances?", "odds", "rates?", "deaths?", "dying", "life", "lives", "symptoms?", "scores?", "outcomes?"),
    *("results", "harms?", "pain", "use", "abstinence", "health", "sleep", "mood", "stress", "attendance", "recovery"),
    *("drinking", "thinking", "memory"),
)
_WHOM = "people|adults|children|women|men|teens|them"
_FIND = "find|see|know|choose|decide|reach|read|understand"
_TREATMENTS = (
    r"[\w-]*care|[\w-]*therap(?:y|ies)|[\w-]*treatments?|medicines?|medications?|placebos?|others?|"
    "programs?|courses?|training|controls?|conditions?|groups?"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
EFFECT = re.compile(
    r"\b"
    + _any_of(
        rf"{_any_of(*_CHANGES)} (?:[\w'-]+ ){{0,4}}{_any_of(*_OUTCOMES)}\b",
        # "What works best for you" and "a phone works as well" claim nothing.
        r"(?:works?|worked) (?:(?:better|best)(?! for (?:you|me|us)\b)|equally|about as well|as well as)",
        # "The change is effective May 1" is about a date.
        rf"(?:more|less|as|is|are|was|were|equally|highly|not) effective(?! (?:on|from|until|as of|{_MONTHS})\b)",
        r"(?:did|do|does|doing) (?:better|worse|(?:about )?as well|about equally well) (?:than|as|in|with)",
        # "A sign helps people find the room" is no effect on anybody's health.
        rf"(?:helps|helped) (?:(?:some|many|most|these|those|other) )?(?:{_WHOM})\b(?! (?:to )?(?:{_FIND})\b)",
        r"(?:helps?|helped) (?:more|less) than",
        # "A round table beats a long one" is advice, and a heart beats.
        rf"(?:beats?|outperforms?|outperformed) (?:[\w'-]+ ){{0,3}}(?:{_TREATMENTS})\b",
        r"came out (?:\w+ )?ahead",
        r"(?:good|best|better|stronger?|weak|thin|limited|mixed|most) evidence\b",
        r"evidence\b[^.:;]{0,40}\b(?:is|was) (?:good|strong|weak|thin|thinner|limited|mixed)\b",
        r"best[ -](?:studied|tested|supported)\b",
        r"(?<!what )(?<!what one )(?<!what the )(?:evidence|studies|research|trials?|reviews?) "
        r"(?:shows?|showed|found|finds?|suggests?|supports?|supported|backs?)\b",
    ),
    re.IGNORECASE,
)

# Sentences that state nothing

_VERBS = (
    "Add|Allow|Arrange|Ask|Begin|Book|Bring|Call|Check|Choose|Come|Count|Do|Eat|Fill|Find|Get|Give|Go|Have|Hold|Keep|"
    "Leave|Let|Line|List|Look|Make|Mark|Meet|Name|Note|Notice|Pack|Pick|Plan|Practice|Print|Put|Read|Save|See|Send|Set|"
    "Show|Sit|Sleep|Start|Stay|Take|Talk|Tell|Text|Think|Try|Use|Visit|Wait|Walk|Write"
)
_ADVICE = re.compile(
    r"^(?:[\w ',-]{1,40}[.:] )?(?:Please |Then |First,? |Also |If [^,]*, |At least )?"
    rf"(?:{_VERBS})\b(?! (?:of|is|are|was|were)\b)"
    r"(?!.*(?:\bwithin\b|\$\d|\d%|\bpercent\b|\d in \d))",
    re.IGNORECASE | re.DOTALL,
)
_NOT_KNOWN = re.compile(
    r"^(?:Whether|How) |\b(?:do|does|did) not know\b|\bnobody (?:knows|has)\b|"
    r"\bno (?:\w+ )?(?:study|trial|tool|source)\b|\bnot (?:yet )?(?:been )?shown\b|\bfound no\b",
    re.IGNORECASE,
)
_QUOTATION = re.compile(
    r"\"[^\"]*\"|“[^“”]*”|\b24 hours a day\b|\bone or two\b|\b(?:a|one) day at a time\b|\bday or night\b", re.IGNORECASE
)


def number_pattern(counted: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a number with its unit, or of a statistic.

    Args:
        counted: What is counted besides people and time.
    """
    units = _any_of(*_UNITS, *map(re.escape, counted))
    return re.compile(
        rf"\$\d(?:[\d,.]*\d)?|\b\d[\d,.]*(?:%| percent\b)|\b{_STATISTIC}\b|"
        rf"\b(?!{_YEAR}){_RANGE}[ -](?:(?!(?:{_NOT_COUNTED})\b)[\w-]+ ){{0,2}}{units}\b",
        re.IGNORECASE,
    )


def cite_or(passage: Passage, source: str, otherwise: str) -> str:
    """Return what to do about a statement without a source: name one, if that can be done where it stands.

    Args:
        passage: Where it stands.
        source: Which source, such as "the study that found it".
        otherwise: What else to do, as a sentence without its end.
    """
    if not passage.citable:
        return f"{otherwise}: no source can be named for {passage.field}. Say it where one can."
    whole = "list item" if passage.role == "item" else "paragraph"
    where = "to its references" if passage.kind else f'with {{{{ cite("...") }}}} at the end of the {whole}'
    return f"Add {source} {where}, or {otherwise[0].lower()}{otherwise[1:]}."


def statements(passage: Passage) -> Iterator[tuple[str, int]]:
    """Return the sentences of a passage that state something, each with the position at which it begins.

    Questions, what is not known, and advice to the reader are left out, unless the advice has a limit ("within 60
    days"). Quotations and the words of links are blanked out, so that positions stay the same: the page behind a link
    has its own sources.
    """
    text = passage.text
    pieces: list[str] = []
    position = 0
    for start, end in sorted((*(match.span() for match in _QUOTATION.finditer(text)), *passage.links)):
        if end > position:
            start = max(start, position)
            pieces += text[position:start], re.sub(r"[^\n]", " ", text[start:end])
            position = end
    text = "".join([*pieces, text[position:]])
    for sentence in passage.sentences:
        is_question = sentence.text.rstrip("\"'”’)]*").endswith("?")
        if not is_question and not _NOT_KNOWN.search(sentence.text) and not _ADVICE.search(sentence.text):
            yield text[sentence.start : sentence.start + len(sentence.text)], sentence.start
