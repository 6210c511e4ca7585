"""Every page is in the navigation once, and the navigation contains only pages, other sites and plain labels."""

import posixpath
import re
from collections.abc import Iterator

from guide.checking.page_links import HTTPS, own_page
from guide.model.problems import Place, Problem
from guide.model.record import NAME_LIMIT
from guide.reading.navigation import Entry
from guide.rendering.project import Project
from guide.rendering.suggestions import meant_page

_MARKUP = re.compile(r"[<>{}`*\[\]]|&#?\w+;|(?<!\w)_|_(?!\w)")
_REMEDY = "Write the path of a page in docs/, such as index.md, or an https address; or remove the line."


def check(project: Project) -> Iterator[Problem]:
    """Check `nav` in mkdocs.yml against docs/, and each of its labels."""
    if any(problem.place.path == "mkdocs.yml" for problem in project.problems):
        return
    listed = {entry.target for entry in project.navigation}
    # A page that is suggested for a wrong entry needs no entry of its own.
    listed |= {meant_page(project, posixpath.normpath(target), target) for target in listed - project.pages.keys()}
    for page in project.pages.values():
        if page.path not in listed:
            remedy = f"Add {page.path} to nav in mkdocs.yml."
            yield Problem(page.place(1), "the page is not in the navigation", remedy, "navigation")
    first_lines: dict[str, int] = {}
    for entry in project.navigation:
        fault = _label_fault(entry.label) or _target_fault(project, entry)
        if not fault and entry.target in first_lines:
            fault = (
                f'"{entry.target}" is in the navigation here and on line {first_lines[entry.target]}',
                "Keep one of them.",
            )
        if fault:
            yield Problem(Place("mkdocs.yml", entry.line), *fault, "navigation")
        if not entry.section:
            first_lines.setdefault(entry.target, entry.line)


def _label_fault(label: str) -> tuple[str, str] | None:
    if _MARKUP.search(label):
        return f'markup in the label "{label}"', "Write plain words: a label is shown as it is."
    if len(label) > NAME_LIMIT:
        return f"a label of {len(label)} characters", "Keep it to a few words."
    return None


def _target_fault(project: Project, entry: Entry) -> tuple[str, str] | None:
    target = entry.target
    own = own_page(project, target)
    if entry.section or target in project.pages:
        return None
    if not target:
        remedy = "Write its page after the colon. If it is a section, indent the pages below it by two more spaces."
        return f'"{entry.label}" has no page and no pages below it', remedy
    if own:
        page = own[0]
        return f'"{target}" is an address of this site', f"Write {page}." if page else _REMEDY
    if HTTPS.fullmatch(target):
        return None if entry.label else (f'no label for "{target}"', f'Write one before it: "- Label: {target}".')
    if target.lower().startswith("http:"):
        return f'"{target}" is not an https address', "Write https://, if the site has it."
    joined = re.fullmatch(r"([^:/]+):([^:/\s]+(?:/[^:/\s]+)*\.md)", target)
    if joined:
        return f'no space after the colon of "{target}"', f'Write "{joined[1]}: {joined[2]}".'
    wrong = f'docs/ has no page "{target}"'
    if not target.endswith(".md"):
        wrong = f'"{target}" is neither a page of docs/ nor an https address'
    meant = meant_page(project, posixpath.normpath(target), target)
    if meant and meant in {other.target for other in project.navigation}:
        return wrong, f"Delete the line: {meant} is in the navigation already."
    return wrong, f'Did you mean "{meant}"?' if meant else _REMEDY
