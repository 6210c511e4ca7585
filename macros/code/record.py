"""Code systems: the codes of one published list that the guide has something on."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, model_validator

from guide.model.kind import Row
from guide.model.record import Distinct, Id, Name, Record, References, Reviewed, Text, refuse


class Code(Record):
    """One code. Pages and records name it under their own `codes`: they are what it leads to."""

    code: Annotated[Name, Distinct, Field(pattern=r"^[A-Z0-9]+([.-][A-Z0-9]+)*$")]
    """As the system writes it."""
    name: Name
    """What it stands for."""
    words: Annotated[list[Name], Field(min_length=1)]
    """Everything that it leads to says one of these words."""
    without: list[Name] = []
    """Codes below it that it doesn't answer for, because the guide has nothing on them."""
    references: list[Id] = []
    """Sources of this code, if they aren't those of the whole system."""


class CodeSystem(Reviewed):
    """A published system of codes."""

    id: Id
    """Also the name of the file, and a part of addresses."""
    name: Name
    """As people call it."""
    about: Text
    """Who keeps it, and what its codes are for."""
    edition: Name
    """The edition in which the codes were looked up."""
    rights: Text
    """What others may do with its codes and names."""
    oids: Annotated[list[Annotated[str, Field(pattern=r"^[0-2](\.[0-9]+)+$")]], Field(min_length=1)]
    """The object identifiers by which other programs name the system."""
    pattern: Name
    """What a code looks like: a regular expression that Python and JavaScript read the same."""
    category: Annotated[int, Field(ge=1)] | None = None
    """Characters of the codes that have others below them, before the dot. A code that isn't listed is answered by the
    nearest one above it. Left out, each code stands for itself."""
    references: References
    """Where the codes and their names were looked up."""
    codes: Annotated[list[Code], Field(min_length=1)]
    """The codes that the guide has something on."""

    @model_validator(mode="after")
    def _as_the_system_writes_them(self) -> "CodeSystem":
        try:
            pattern = re.compile(self.pattern)
        except re.error as error:
            wrong = f'"{self.pattern}" is not a regular expression: {error}'
            raise refuse("code", wrong, "Correct it, such as [A-Z][0-9]{4}.", "pattern") from None
        for code in self.codes:
            for each in (code.code, *code.without):
                if not pattern.fullmatch(each):
                    wrong = f'"{each}" is not how {self.name} writes its codes'
                    raise refuse("code", wrong, "Correct it, or the pattern of the system.", "codes")
            for each in code.without:
                if not each.replace(".", "").startswith(code.code.replace(".", "")):
                    raise refuse("code", f'"{each}" is not below {code.code}', "Leave it out.", "codes")
        return self


def rows(system: dict[str, Any]) -> Iterator[Row]:
    """Return a row for each code."""
    for code in system["codes"]:
        cited = code["references"] or system["references"]
        yield {"system": system["name"], "code": code["code"], "name": code["name"], "references": cited}
