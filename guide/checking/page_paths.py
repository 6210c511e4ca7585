"""Pages that records link to exist."""

from collections.abc import Iterator, Sequence
from typing import Any

from guide.checking.page_links import NOT_THERE, own_page
from guide.model.fields import parts
from guide.model.guide import walk
from guide.model.inline import link_targets
from guide.model.problems import Problem
from guide.model.registry import kinds
from guide.rendering.project import Project
from guide.rendering.suggestions import meant_page, nearest_anchor, with_anchor

# Fields with a page or a list of pages, besides those that end in _page and links in texts.
_FIELDS = {"page", "pages", "handouts", "instead", "more", "safety_pages"}


def check(project: Project) -> Iterator[Problem]:
    """Check that page paths in data lead to a page, and that no link has the site's own address."""
    for kind, record_id, source in project.guide.written():
        # In labels, "page" is a key like any other.
        for path, value in walk(source.plain) if kind != "labels" else ():
            is_page = any(name in _FIELDS or str(name).endswith("_page") for name in path[-2:])
            for target in [value] if is_page else link_targets(value):
                fault = _own_fault(project, target) if target.startswith("https:") else _page_fault(project, target)
                if fault:
                    wrong, remedy, rule = fault
                    if is_page and remedy == NOT_THERE and _optional(kind, path):
                        remedy = f"{remedy} If there's no such page, delete this line."
                    yield Problem(project.guide.place(kind, record_id, *path), wrong, remedy, rule)


def _optional(kind: str, path: Sequence[Any]) -> bool:
    """Return whether a record may do without a field of its own."""
    forms = [part.model.model_fields for part in parts(kinds()[kind]) if not part.under]
    return len(path) == 1 and any(path[0] in form and not form[path[0]].is_required() for form in forms)


def _page_fault(project: Project, target: str) -> tuple[str, str, str] | None:
    page, _, anchor = target.partition("#")
    if page not in project.pages:
        meant = meant_page(project, page, page)
        remedy = f'Did you mean "{with_anchor(project, meant, anchor)}"?' if meant else NOT_THERE
    elif anchor and project.lacks_anchor(page, anchor):
        near = nearest_anchor(project, page, anchor)
        remedy = f'Did you mean "{page}#{near}"?' if near else f'Write "{page}", or an anchor of one of its headings.'
    else:
        return None
    return f'there is no page "{target}"', remedy, "broken-link"


def _own_fault(project: Project, target: str) -> tuple[str, str, str] | None:
    own = own_page(project, target)
    if not own:
        return None
    page, anchor = own
    remedy = f'Write the path of the page: "{with_anchor(project, page, anchor)}".' if page else NOT_THERE
    return f'"{target}" is an address of this site', remedy, "own-address"
