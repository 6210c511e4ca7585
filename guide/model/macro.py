"""What a macro is: one call that pages may make."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from guide.model.guide import Guide


@dataclass(frozen=True)
class Macro:
    """One call that pages may make.

    Attributes:
        name: What pages call it.
        function: Returns its HTML. Takes the renderer of the page, and then what the call gives it.
        kind: The kind of record whose id is the first argument.
        choices: The values allowed for the first argument where that is not a record's id.
        block: Whether the call stands alone on its line.
        shows: The kind of records that it shows all of, if it is not named after it.
        example: Whether the reference of macros shows an example of it.
        pages: Whether it shows something of all pages.
        order: Its place wherever macros are listed; those with the same number come in the order of their names.
    """

    name: str
    function: Callable[..., Any]
    kind: str | None = None
    choices: Callable[[Guide], set[str]] | None = None
    block: bool = True
    shows: str | None = None
    example: bool = True
    pages: bool = False
    order: int = 500

    @property
    def signature(self) -> inspect.Signature:
        """What the call takes, without the page."""
        parameters = list(inspect.signature(self.function).parameters.values())[1:]
        return inspect.Signature(parameters)

    @property
    def of(self) -> str:
        """The kind of records that it shows, if it shows any."""
        return self.kind or self.shows or self.name

    def __call__(self, page: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the HTML of a call on a page."""
        return self.function(page, *args, **kwargs)


def macro(
    kind: str | None = None,
    *,
    choices: Callable[[Guide], set[str]] | None = None,
    block: bool = True,
    shows: str | None = None,
    example: bool = True,
    pages: bool = False,
    order: int = 500,
) -> Callable[[Callable[..., Any]], Macro]:
    """Make a macro of a function; the arguments are the attributes of `Macro`."""

    def register(function: Callable[..., Any]) -> Macro:
        return Macro(function.__name__, function, kind, choices, block, shows, example, pages, order)

    return register
