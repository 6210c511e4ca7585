"""Every macro call names a macro, passes what it takes, and is in a place where it can be shown."""

import re
from collections.abc import Iterator
from inspect import BoundArguments

from guide.model.macro import Macro
from guide.model.problems import Problem, nearest
from guide.model.record import ID_PATTERN
from guide.model.registry import kinds, macros
from guide.reading.calls import Call
from guide.reading.pages import Page
from guide.rendering.project import Project


def check(project: Project) -> Iterator[Problem]:
    """Check that no call would fail."""
    for page in project.pages.values():
        for call in page.calls:
            yield from _check_call(project, page, call)


def _check_call(project: Project, page: Page, call: Call) -> Iterator[Problem]:
    place = page.place(call.line)
    macro = macros().get(call.name)
    if macro is None:
        remedy = nearest(call.name, macros()) or f"Macros: {', '.join(sorted(macros()))}."
        yield Problem(place, f'"{call.name}" is not a macro', remedy, "unknown-macro")
        return
    try:
        bound = macro.signature.bind(*call.args, **call.kwargs)
        if macro.name == "cite" and not call.args:
            raise TypeError("missing a required argument: 'reference_ids'")
    except TypeError as error:
        remedy = f"Write {{{{ {_usage(macro)} }}}}."
        yield Problem(place, f"{call.name}: {_argument_fault(str(error))}", remedy, "macro-arguments")
        return
    yield from _check_values(project, page, call, macro, bound)
    yield from _check_not_empty(project, page, call, macro)
    if macro.block:
        lines, number = page.body.split("\n"), call.line - page.body_start
        written = lines[number].strip()
        if not (written.startswith("{{") and written.endswith("}}") and written.count("{{") == 1):
            remedy = "Put it on a line of its own, with empty lines around it."
            yield Problem(place, f"{call.name} is inside a line of text", remedy, "macro-place")
            return
        sides = _text_beside(lines, number)
        if sides:
            wrong = f"{call.name} has no empty line {' or '.join(sides)} it"
            remedy = f"Put one {' and '.join(sides)} it, or it's shown as part of the text there."
            yield Problem(place, wrong, remedy, "macro-place")


def _check_not_empty(project: Project, page: Page, call: Call, macro: Macro) -> Iterator[Problem]:
    """Check that there's something to show, where a call shows every record of a kind."""
    guide, kind = project.guide, kinds().get(macro.of)
    if macro.kind or call.args or not kind or kind.key in guide.unread or guide.names(kind.key):
        return
    wrong = f"{call.name} has nothing to show: there is no record in {kind.place}"
    yield Problem(page.place(call.line), wrong, "Write one, or delete this call and what introduces it.", "unknown-id")


def _text_beside(lines: list[str], number: int) -> list[str]:
    """Return the sides of a call's line on which there is text: "above", "below", both or none.

    A call may stand right below the title of the box or tab that it's in. Of two calls, the first one is reported.
    """
    above, below = "".join(lines[max(0, number - 1) : number]).strip(), "".join(lines[number + 1 : number + 2]).strip()
    sides = {"above": above and not re.match(r"(!!!|\?\?\?\+?|===) |\{\{", above), "below": below}
    return [side for side, text in sides.items() if text]


def _check_values(project: Project, page: Page, call: Call, macro: Macro, bound: BoundArguments) -> Iterator[Problem]:
    place, guide = page.place(call.line), project.guide
    # A macro that chooses among records has the name of their kind. A record that isn't valid may be of that group.
    if macro.kind in guide.unread or (macro.choices and not guide.whole(macro.name)):
        return
    known = guide.names(macro.kind) if macro.kind else macro.choices(guide) if macro.choices else None
    if known is None:
        return
    values = list(bound.args if macro.name == "cite" else bound.args[:1])
    for value in values:
        if not isinstance(value, str) or value not in known:
            where = f"data/{macro.kind}" if macro.kind else f"what {macro.name} knows"
            remedy = nearest(str(value), known) or f"Known: {', '.join(sorted(known)[:12]) or 'nothing yet'}."
            parts = re.split(r"[,;\s]+", value.strip()) if isinstance(value, str) else []
            if len(parts) > 1 and macro.name == "cite" and all(re.fullmatch(ID_PATTERN, part) for part in parts):
                quoted = ", ".join(f'"{part}"' for part in parts)
                remedy = f"Put each id in its own quotes: {{{{ cite({quoted}) }}}}."
            yield Problem(place, f'{call.name}: "{value}" is not in {where}', remedy, "unknown-id")
    comparison = guide.records("comparisons").get(str(values[0])) if macro.kind == "comparisons" else None
    for name, noun in (("options", "an option"), ("rows", "a row")):
        chosen = bound.arguments.get(name)
        if chosen is not None and not (isinstance(chosen, list) and chosen):
            remedy = f'Write {{{{ {macro.name}("{values[0]}", {name}=["...", "..."]) }}}}.'
            yield Problem(place, f"{call.name}: {name} is not a list of ids", remedy, "macro-arguments")
        elif chosen is not None and comparison:
            ids = [each.id for each in getattr(comparison, name)]
            for wanted in chosen:
                if wanted not in ids:
                    remedy = nearest(str(wanted), ids) or f"{name.capitalize()}: {', '.join(ids)}."
                    yield Problem(place, f'{call.name}: "{wanted}" is not {noun} of it', remedy, "unknown-id")


def _argument_fault(error: str) -> str:
    """Return Python's message about the arguments of a call in plain words."""
    match = re.search(r"'(\w+)'", error)
    name = match[1] if match else ""
    if "missing" in error:
        return f"it doesn't say which {name.removesuffix('s').removesuffix('_id').replace('_', ' ')}"
    return f'it doesn\'t take "{name}"' if name else "there's more in its parentheses than it can take"


def _usage(macro: Macro) -> str:
    """Return an example of a call, with the names of its options."""
    names = []
    for parameter in macro.signature.parameters.values():
        names.append(f'{parameter.name}="..."' if parameter.default is not parameter.empty else '"..."')
    return f"{macro.name}({', '.join(names)})"
