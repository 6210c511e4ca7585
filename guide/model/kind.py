"""What a record is: the kinds of data a guide is made of."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter

from guide.model import care, charts, checklist, comparison, level, lists, options, reference, schedule, site


@dataclass(frozen=True)
class Kind:
    """One kind of record and where it is kept.

    `key` is the attribute of the guide. `folder` kinds have one record a file, named by its id; `file` kinds have
    one file, which holds a list (`many`) or one record.
    """

    key: str
    model: Any
    many: bool = True
    folder: bool = False

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """What validates one file of this kind."""
        return TypeAdapter(list[self.model] if self.many and not self.folder else self.model)  # type: ignore[name-defined]


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("references", reference.Reference),
        Kind("levels", level.Level, folder=True),
        Kind("comparisons", comparison.Comparison, folder=True),
        Kind("checklists", checklist.Checklist, folder=True),
        Kind("therapies", options.Therapy, folder=True),
        Kind("technologies", options.Technology, folder=True),
        Kind("schedules", schedule.Schedule, folder=True),
        Kind("care-cards", care.CareCard, folder=True),
        Kind("charts", charts.Chart, folder=True),
        Kind("timeline", lists.Timeline, many=False),
        Kind("glossary", lists.Glossary, many=False),
        Kind("questions", lists.Questions, many=False),
        Kind("helplines", care.Helpline),
        Kind("figures", lists.Figure),
        Kind("language", lists.Wording),
        Kind("search", lists.Synonyms),
        Kind("withdrawn", lists.Withdrawn),
        Kind("moved", lists.Moved),
        Kind("exemptions", lists.Exemption),
        Kind("site", site.Site, many=False),
        Kind("labels", site.Labels, folder=True),
    )
}
