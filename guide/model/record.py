"""What every record has in common: ids, texts, dates, and the way a refusal is worded."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from guide.model.inline import broken_links, has_markup, link_targets

NOT_WORDS = re.compile(r"true|false|yes|no|on|off|[-+]?\.inf|\.nan", re.IGNORECASE)
"""What other programs read as a truth value or as no number, if it stands without quotes."""
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Z]{2})?$"
"""A language tag, such as en or es-US."""
TEXT_LIMIT = 1200
NAME_LIMIT = 160
ADDRESS_LIMIT = 2000

_TAG = re.compile(r"<\s*[a-zA-Z!/?]|&[a-zA-Z]+;|&#")
_HTTPS = re.compile(
    r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?([/?#][^\s<>\"\\^`{|}]*)?", re.IGNORECASE | re.ASCII
)
_PAGE = re.compile(r"[a-z0-9-]+(/[a-z0-9-]+)*\.md(#[a-z0-9-]+)?")
_IMAGE_OR_CODE = re.compile(r"!\[|`|^\s*(#|>|[*+-] |[0-9]+\. |\|)|\n", re.MULTILINE)
SENTENCE_END = '[.?!]["”’)*]*$'
_ENDS_A_SENTENCE = re.compile(SENTENCE_END)
HTTPS_START = "^https://"


def refuse(rule: str, wrong: str, remedy: str, key: str = "") -> PydanticCustomError:
    """Make the error that a validator raises, so that the loader can print it as one of our problems.

    Args:
        rule: Name of the rule, as shown in brackets at the end of the message.
        wrong: What is wrong, without a period.
        remedy: What to do, a full sentence.
        key: Where in the record it is wrong, if only a part is: the problem then has the line of that key.
    """
    return PydanticCustomError(rule, wrong.replace("{", "(").replace("}", ")"), {"remedy": remedy, "key": key})


class Unquoted(str):
    """A text that stands in a file without quotes, and that other programs don't read as words."""


def _words(value: Any) -> Any:
    if isinstance(value, Unquoted):
        wrong = f"{value} without quotes, which programs don't read as a word"
        raise refuse("unquoted", wrong, f'Put it in straight double quotes: "{value}".')
    return value


def _plain(value: str) -> str:
    if len(value) > NAME_LIMIT:
        raise refuse("too-long", f"a name of {len(value):,} characters", f"Keep it to {NAME_LIMIT} characters at most.")
    if _TAG.search(value):
        raise refuse("markup", f'HTML in a text: "{value[:60]}"', "Write plain text; the page adds the markup.")
    if "\n" in value:
        raise refuse("markup", "a line break in a name", "Write it on one line.")
    if has_markup(value):
        raise refuse(
            "markup",
            f'markup in a name: "{value[:60]}"',
            "Write plain words, without Markdown: a name is printed as it is.",
        )
    return value


def _inline(value: str) -> str:
    if len(value) > TEXT_LIMIT:
        raise refuse(
            "too-long", f"a text of {len(value):,} characters", f"Keep it to {TEXT_LIMIT:,} at most: split or cut it."
        )
    if _TAG.search(value):
        raise refuse(
            "markup",
            f'HTML in a text: "{value[:60]}"',
            "Write words; only **strong**, *emphasis* and [links](x.md) are kept.",
        )
    if _IMAGE_OR_CODE.search(value):
        raise refuse(
            "markup",
            f'markup that a text cannot hold: "{value[:60]}"',
            "Only **strong**, *emphasis* and [links](x.md) are allowed, on one line.",
        )
    wrong = broken_links(value) + [
        target for target in link_targets(value) if not (_is_https(target) or _PAGE.fullmatch(target))
    ]
    if wrong:
        raise refuse(
            "link",
            f'link to "{wrong[0][:60]}"',
            "Link to https://... or to a page by its path in docs/, such as [help](help-now.md).",
        )
    return value


def _sentences(value: str) -> str:
    if not _ENDS_A_SENTENCE.search(_inline(value)):
        raise refuse("period", f'text does not end a sentence: "...{value[-40:]}"', "End it with a period.")
    return value


def _is_https(value: str) -> bool:
    """Return whether a text is a whole address: a host that reads as what it is, without a username before it."""
    return len(value) <= ADDRESS_LIMIT and bool(_HTTPS.fullmatch(value))


def _https(value: str) -> str:
    if re.search(r"\s", value) and _is_https("".join(value.split())):
        remedy = "Take out the space." if _is_https(value.strip()) else "Write one address, as a browser shows it."
        raise refuse("https", f'a space in the address "{value[:100]}"', remedy)
    if not _is_https(value):
        raise refuse(
            "https", f'"{value[:100]}" is not an https address', "Write the full address, beginning with https://."
        )
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str) and not re.match(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", value):
        american = re.match(r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})$", value)
        asked = f", such as {american[3]}-{american[1]:0>2}-{american[2]:0>2}" if american else ", such as 2026-11-23"
        raise refuse("date", f'"{value}" is not a date', f"Write year-month-day{asked}.")
    return value


def _as_asked(value: str, info: SerializationInfo[Any]) -> str:
    """Write a text as the context's `text` makes it: where a record leaves the guide, without our inline markup."""
    return str(info.context["text"](value)) if info.context else value


Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=80)]
"""Small letters, digits and hyphens."""
Name = Annotated[
    str,
    # For editors and forms; `_plain` says it in words.
    Field(min_length=1, json_schema_extra={"maxLength": NAME_LIMIT}),
    BeforeValidator(_words),
    AfterValidator(_plain),
]
"""A short text without any markup: a name, a title, a question."""
Text = Annotated[
    str,
    Field(min_length=2, json_schema_extra={"maxLength": TEXT_LIMIT, "pattern": SENTENCE_END}),
    BeforeValidator(_words),
    AfterValidator(_sentences),
    PlainSerializer(_as_asked, return_type=str),
]
"""One or a few sentences; emphasis, strong and links are the only markup."""
Url = Annotated[
    str, Field(json_schema_extra={"maxLength": ADDRESS_LIMIT, "pattern": HTTPS_START}), AfterValidator(_https)
]
PHONE = r"^([0-9]{3}|[0-9]{5,6}|(1-)?[0-9]{3}-[0-9]{3}-[0-9]{4})$"
Phone = Annotated[str, Field(pattern=PHONE)]
"""Digits and hyphens, as dialed: 911 or 1-800-555-0100."""
Day = Annotated[date, BeforeValidator(_day)]
PagePath = Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*\.md(#[a-z0-9-]+)?$", examples=["help-now.md"])]
"""A page by its path in docs/, such as help-now.md."""
References = Annotated[list[Id], Field(min_length=1)]
Certainty = Literal["high", "moderate", "low", "very-low", "not-rated"]
"""How sure we can be of an effect, by GRADE; `not-rated` where no results could be read, which is not a level."""
Basis = Literal["rule", "consensus", "practice"]
"""What a statement rests on that claims no effect."""


class Record(BaseModel):
    """A closed, frozen piece of data: an unknown key is an error."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=False,
        str_strip_whitespace=False,
        use_attribute_docstrings=True,
    )


class Distinct:
    """Marks a field whose words no two things of one list share, because readers would see one thing twice.

    In a list field, each entry is another name of the thing: as distinct as the field marked before it.
    """


def distinct_names(
    value: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], tuple[str | int, ...], str, str]]:
    """Return every name of a record, or of a list of them, that no other thing of the same list may have.

    Returns:
        The path of the thing, that of the name in it, the key under which it has to be distinct, and the name.
    """
    if isinstance(value, Record):
        first = ""
        for name, field in type(value).model_fields.items():
            key, inner = field.alias or name, getattr(value, name)
            if Distinct in field.metadata:
                first = first if isinstance(inner, list) else key
                for place, text in enumerate(inner) if isinstance(inner, list) else [(None, inner)]:
                    yield path, (key,) if place is None else (key, place), first, str(text)
            elif isinstance(inner, list | dict | Record):
                yield from distinct_names(inner, (*path, key))
    elif isinstance(value, list | dict):
        for step, inner in enumerate(value) if isinstance(value, list) else value.items():
            yield from distinct_names(inner, (*path, step))


def refuse_unless_due_within(months: int, record: Record, checked_key: str, due_key: str) -> None:
    """Refuse a record whose next check is before the last one, or later than some months after it.

    Nothing here looks at today's date: `make overdue` does.
    """
    checked, due = getattr(record, checked_key), getattr(record, due_key)
    month = checked.month - 1 + months
    year, month = min(checked.year + month // 12, MAXYEAR), month % 12 + 1
    latest = date(year, month, min(checked.day, monthrange(year, month)[1]))
    if due < checked:
        next_one = "review comes after the last check" if due_key == "review_due" else "check comes after the last"
        wrong, remedy = f"{due_key} {due} is before {checked_key} {checked}", f"The next {next_one}."
        raise refuse("review-order", wrong, remedy, due_key)
    if due > latest:
        wrong = f"{due_key} {due} is more than {months} months after {checked_key} {checked}"
        raise refuse("review-due", wrong, f"Write {latest}, or an earlier day.", due_key)


class Signature(Record):
    """A clinician who has read and signed."""

    by: Name
    """Who has read and signed it."""
    on: Day
    """The day of signing."""


class Reviewed(Record):
    """A record with health facts: when an editor compared it with its sources, and when the next look is due."""

    sources_checked: Day
    """The day an editor last compared the record with its sources."""
    review_due: Day
    """The day by which it is to be compared again, at most 12 months after the last check."""

    @model_validator(mode="after")
    def _due_in_time(self) -> "Reviewed":
        refuse_unless_due_within(12, self, "sources_checked", "review_due")
        return self


class Known(Record):
    """A statement, and what it rests on: a certainty if it says that something works or harms, else a basis."""

    text: Text
    """One or a few sentences."""
    certainty: Certainty | None = None
    """How sure we can be, where it claims an effect."""
    basis: Basis | None = None
    """What it rests on, where it claims no effect."""
    references: References
    """The sources that say it."""

    @model_validator(mode="after")
    def _one_ground(self) -> "Known":
        if self.certainty and self.basis:
            raise refuse(
                "certainty",
                "a statement has both certainty and basis",
                "Keep certainty if it claims an effect, and basis if it doesn't; delete the other.",
            )
        if not (self.certainty or self.basis):
            raise refuse(
                "certainty",
                "a statement needs one of certainty and basis",
                "Write certainty (high, moderate, low, very-low, or not-rated) for an effect; else basis (rule, "
                "consensus, practice).",
            )
        return self


class NotKnown(Record):
    """A gap, said in words."""

    not_known: Text
    """Why nobody knows."""


@dataclass(frozen=True)
class Gap:
    """One answer that nobody has: the question, what it was asked of ("" for the record itself), and why."""

    question: str
    option: str
    why: str
