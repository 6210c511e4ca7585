"""Ask Crossref and PubMed whether a source with a DOI has been retracted or corrected: part of `make links`.

Crossref lists the notices about a paper under `updated-by`: those of its publisher and of Retraction Watch. PubMed
gives a retracted paper a publication type of its own. Each lacks some, so both are asked.

Source:
    Crossref: https://www.crossref.org/documentation/retrieve-metadata/rest-api/
    PubMed: https://www.ncbi.nlm.nih.gov/books/NBK25499/
"""

import http.client
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode

from guide.commands.facts import SourceProblem, facts_by_source
from guide.commands.outside_requests import RESERVED, fetched
from guide.model.reference import Reference
from guide.rendering.project import Project

SOURCE_RULES = ("retracted-source", "corrected-source")
CROSSREF = "https://api.crossref.org/"
PUBMED = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
_RETRACTED = re.compile(r"(partial_)?retraction|withdraw\w*|removal")
_CHANGED = re.compile(r"expression_of_concern|correction|corrigendum|erratum")
_RETRACTED_TYPE = "Retracted Publication"
_BATCH = 40
"""The number of papers that PubMed is asked about at once."""


@dataclass(frozen=True)
class Notice:
    """What a service says about a paper."""

    service: str
    kind: str
    """In words, such as "retraction"."""
    retracted: bool
    day: str = ""
    where: str = ""
    """The notice itself, if the service names it."""

    def __str__(self) -> str:
        """Return it as part of a sentence."""
        day = f" of {self.day}" if self.day else ""
        return f"{self.kind}{day}, says {self.service}{f' ({self.where})' if self.where else ''}"


class NoAnswer(Exception):
    """A service didn't answer as documented; holds why, as part of a sentence."""


def _asked(address: str) -> Any:
    """Return what a service answers.

    Raises:
        NoAnswer: It doesn't, or not in JSON.
    """
    try:
        return json.loads(fetched(address))
    except HTTPError as error:
        raise NoAnswer(f"answers {error.code}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer(str(getattr(error, "reason", error)) or type(error).__name__) from None


def _part(answer: Any, *path: str) -> Any:
    """Return what stands at a path of an answer, or None."""
    for key in path:
        answer = answer.get(key) if isinstance(answer, dict) else None
    return answer


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def crossref_notices(doi: str, contact: str) -> list[Notice]:
    """Return the notices that Crossref knows of about a paper.

    Args:
        doi: Of the paper.
        contact: An email address, which Crossref asks for; "" for none.

    Raises:
        NoAnswer: It doesn't know the paper, or doesn't answer.
    """
    query = f"?{urlencode({'mailto': contact})}" if contact else ""
    work = _part(_asked(f"{CROSSREF}works/{quote(doi, safe='')}{query}"), "message")
    if not isinstance(work, dict):
        raise NoAnswer("answers something else than a paper")
    notices = []
    for update in _dicts(work.get("updated-by")):
        kind = str(update.get("type", "")).replace("-", "_")
        retracted = bool(_RETRACTED.fullmatch(kind))
        if retracted or _CHANGED.fullmatch(kind):
            words = kind.replace("_", " ")
            where = str(update.get("DOI") or "")
            notices.append(Notice("Crossref", words, retracted, _day(update.get("updated")), where))
    return notices


def _day(updated: Any) -> str:
    """Return a date as Crossref writes it, such as 2024-03-01; "" without one."""
    parts = _part(updated, "date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list):
        return ""
    return "-".join(f"{part:02}" for part in first if isinstance(part, int))


def pubmed_notices(dois: Sequence[str], contact: str) -> dict[str, Notice]:
    """Return what PubMed says of those papers that have been retracted, by their DOIs in lowercase.

    Raises:
        NoAnswer: It doesn't answer.
    """
    common = {"db": "pubmed", "retmode": "json", "tool": "guide-link-check", **({"email": contact} if contact else {})}
    term = " OR ".join(f'"{doi}"[doi]' for doi in dois)
    search = _asked(f"{PUBMED}esearch.fcgi?{urlencode({**common, 'retmax': 10 * len(dois), 'term': term})}")
    numbers = _part(search, "esearchresult", "idlist")
    if not isinstance(numbers, list):
        raise NoAnswer("answers something else than a list of papers")
    if not numbers:
        return {}
    summaries = _asked(f"{PUBMED}esummary.fcgi?{urlencode({**common, 'id': ','.join(map(str, numbers))})}")
    found = {}
    for number in map(str, numbers):
        paper = _part(summaries, "result", number)
        if not isinstance(paper, dict):
            raise NoAnswer("answers without some of the papers")
        named = [each.get("value") for each in _dicts(paper.get("articleids")) if each.get("idtype") == "doi"]
        if _RETRACTED_TYPE in (paper.get("pubtype") or ()):
            where = f"https://pubmed.ncbi.nlm.nih.gov/{number}/"
            found.update({str(doi).lower(): Notice("PubMed", "retraction", True, where=where) for doi in named})
    return found


def check_sources(project: Project, pause: float, seconds: float) -> tuple[list[SourceProblem], list[SourceProblem]]:
    """Check every source that has a DOI.

    Args:
        project: The project.
        pause: Seconds between two requests to a service.
        seconds: Seconds after which no more requests are made.

    Returns:
        Sources that have been retracted, or corrected after they were read; and inconclusive results.
    """
    end = time.monotonic() + seconds
    sources = [source for source in project.guide.references.values() if source.DOI]
    contact = project.guide.site.contact if project.guide.site else ""
    contact = "" if RESERVED.search(contact.rpartition("@")[2]) else contact
    notices: dict[str, list[Notice]] = defaultdict(list)
    unanswered: dict[str, str] = {}
    for number, source in enumerate(sources):
        if time.monotonic() > end:
            unanswered[source.id] = "there was no time left to ask Crossref"
            continue
        time.sleep(pause if number else 0)
        try:
            notices[source.id] += crossref_notices(str(source.DOI), contact)
        except NoAnswer as error:
            unanswered[source.id] = f"Crossref {error}"
    for start in range(0, len(sources), _BATCH):
        batch = sources[start : start + _BATCH]
        if time.monotonic() > end:
            unanswered.update({source.id: "there was no time left to ask PubMed" for source in batch})
            continue
        time.sleep(pause if start else 0)
        try:
            retracted = pubmed_notices([str(source.DOI) for source in batch], contact)
        except NoAnswer as error:
            unanswered.update({source.id: f"PubMed {error}" for source in batch})
            continue
        for source in batch:
            notices[source.id] += [retracted[doi] for doi in (str(source.DOI).lower(),) if doi in retracted]
    told = list(_told(project, sources, notices))
    dead = {problem.place for problem in told}
    silent = [problem for problem in _silent(project, sources, unanswered) if problem.place not in dead]
    return sorted(told), sorted(silent)


def _told(
    project: Project, sources: Sequence[Reference], notices: Mapping[str, list[Notice]]
) -> Iterator[SourceProblem]:
    facts = facts_by_source(project)
    for source in sources:
        place, about = project.guide.place("references", source.id, "DOI"), notices.get(source.id, [])
        retracted = [notice for notice in about if notice.retracted]
        later = [notice for notice in about if not notice.retracted and _after(notice, source.accessed)]
        said = "; ".join(map(str, retracted or later))
        if retracted:
            wrong = f'"{source.id}" has been retracted: {said}'
            remedy = "Read the notice, take the source out, and correct what rests on it."
            yield SourceProblem(place, wrong, remedy, "retracted-source", facts=facts.get(source.id, ()))
        elif later:
            wrong = f'"{source.id}" has changed since it was read: {said}'
            remedy = "Read the notice, correct what rests on the source, and set accessed."
            yield SourceProblem(place, wrong, remedy, "corrected-source", facts=facts.get(source.id, ()))


def _after(notice: Notice, read: date | None) -> bool:
    """Return whether a notice is newer than the day on which an editor read the source, as far as anybody knows."""
    return not read or not notice.day or notice.day > read.isoformat()[: len(notice.day)]


def _silent(project: Project, sources: Sequence[Reference], unanswered: Mapping[str, str]) -> Iterator[SourceProblem]:
    for source in sources:
        if source.id in unanswered:
            place = project.guide.place("references", source.id, "DOI")
            wrong = f"{source.DOI}: {unanswered[source.id]}"
            yield SourceProblem(place, wrong, "Check the DOI if this does not change.", "inconclusive-source")
