"""The references of macros and of fields."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from guide.model.fields import parts
from guide.model.macro import Macro, macro
from guide.model.registry import kinds, macros
from macros.manual import examples

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer


@macro(example=False, order=190)
def macro_reference(page: PageRenderer) -> Markup:
    """Show every macro, with an example from this guide."""
    entries = [_entry(page, entry) for entry in macros().values()]
    return page.render("macro-reference.html.j2", None, None, entries=entries)


@macro(example=False, order=200)
def field_reference(page: PageRenderer) -> Markup:
    """Show every key of every kind of record, and what it takes."""
    every = {key: parts(kind) for key, kind in kinds().items()}
    counted = Counter(part.model for own in every.values() for part in own)
    shared = {part.model: part for own in every.values() for part in own if counted[part.model] > 1}
    listed = [
        (key.replace("-", " ").capitalize(), kinds()[key].place, [part for part in own if part.model not in shared])
        for key, own in every.items()
    ]
    return page.render("field-reference.html.j2", None, None, shared=list(shared.values()), kinds=listed)


def _entry(page: PageRenderer, entry: Macro) -> examples.MacroEntry:
    shows, takes = examples.described(entry.function)
    arguments = _example(page, entry)
    # Readers are not led to examples.
    shown_by = replace(_shortened(page, entry), places={})
    html = Markup("" if arguments is None else entry(shown_by, *arguments))
    call = examples.written_call(entry.name, arguments or ())
    place = kinds()[entry.of].place if entry.of in kinds() else ""
    return examples.MacroEntry(entry.name, shows, takes, call, html, place)


def _example(page: PageRenderer, entry: Macro) -> tuple[str, ...] | None:
    """Choose what to show a macro with: what is shortest; None if there is nothing, or if it shows all there is."""
    if not entry.example:
        return None
    records = page.guide.records(entry.of)
    if entry.kind:
        leave = page.guide.site.leave if page.guide.site else None
        chosen = examples.smallest(examples.telling(records, set(leave.cards) if leave else set(), page.words))
    elif entry.choices:
        chosen = examples.rarest(entry.choices(page.guide), records)
    else:
        return ()
    return (chosen,) if chosen else None


def _shortened(page: PageRenderer, entry: Macro) -> PageRenderer:
    """Return this renderer with the first few entries of what a macro would show whole."""
    if entry.kind or entry.choices:
        return page
    few: dict[str, Any] = dict(list(page.guide.records(entry.of).items())[:3])
    return replace(page, guide=page.guide.with_records(entry.of, few))
