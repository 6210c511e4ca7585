"""Code systems: the codes of one published list that the guide has something on."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, model_validator

from guide.model.kind import Row
from guide.model.record import Distinct, Id, Name, Record, References, Reviewed, Text, refuse


class Code(Record):
    """One code. Pages and records name it under their own `codes`: they are what it leads to."""

    code: Annotated[Name, Distinct, Field(pattern=r"^[A-Z0-9]+([.-][A-Z0-9]+)*$", examples=["B10.2"])]
    """As the system writes it."""
    name: Name
    """What it stands for."""
    words: Annotated[list[Name], Field(min_length=1)]
    """Everything that it leads to says one of these words, or one that begins so."""
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
    oids: Annotated[
        list[Annotated[str, Field(pattern=r"^[0-2](\.[0-9]+)+$", examples=["2.16.840.1"])]], Field(min_length=1)
    ]
    """The object identifiers by which other software names the system."""
    form: Annotated[str, Field(pattern=r"^[A9X]+(\.X+)?$", examples=["A99.XX"])]
    """What a code looks like: A for a letter, 9 for a digit, X for either. What stands after a dot may be shorter or
    missing, and a code that isn't listed is then answered by the nearest one above it."""
    references: References
    """Where the codes and their names were looked up."""
    codes: Annotated[list[Code], Field(min_length=1)]
    """The codes that the guide has something on."""

    @model_validator(mode="after")
    def _as_the_system_writes_them(self) -> "CodeSystem":
        for code in self.codes:
            for each in (code.code, *code.without):
                if not re.fullmatch(self.pattern, each):
                    wrong = f'"{each}" is not how {self.name} writes its codes ({self.form})'
                    raise refuse("code", wrong, "Correct it, or the form of the system.", "codes")
            for each in code.without:
                if not self.category or not each.replace(".", "").startswith(code.code.replace(".", "")):
                    raise refuse("code", f'"{each}" is not below {code.code}', "Leave it out.", "codes")
        return self

    @property
    def pattern(self) -> str:
        """A regular expression of its codes, which Python and JavaScript read the same."""
        whole, _, rest = self.form.partition(".")
        signs = {"A": "[A-Z]", "9": "[0-9]", "X": "[A-Z0-9]"}
        below = rf"(\.[A-Z0-9]{{1,{len(rest)}}})?" if rest else ""
        return "".join(signs[sign] for sign in whole) + below

    @property
    def category(self) -> int | None:
        """Characters of the codes that have others below them, or None if each code stands for itself."""
        return self.form.index(".") if "." in self.form else None


def rows(system: dict[str, Any]) -> Iterator[Row]:
    """Return a row for each code."""
    for code in system["codes"]:
        cited = code["references"] or system["references"]
        yield {"system": system["name"], "code": code["code"], "name": code["name"], "references": cited}
