"""Pictures that are drawn from data, with their numbers in text."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from guide.model.record import Certainty, Distinct, Id, Name, PagePath, Record, References, Reviewed, Text, refuse


class _Chart(Reviewed):
    id: Id
    """Also the name of the file."""
    title: Name
    """The picture's heading."""
    caption: Text
    """What it shows, and its limits."""
    references: list[Id] = []
    """Needed where the caption or a step states a fact."""


class LevelChart(_Chart):
    """The ladder of levels, or their hours a week, in order of their steps."""

    kind: Literal["ladder", "hours"]
    """Bars of hours a week, or steps of a ladder."""
    levels: Annotated[list[Id], Field(min_length=2)]
    """Ids of levels/; shown in the order of their step."""


class CertaintyChart(_Chart):
    """How sure we are of the evidence for each therapy named."""

    kind: Literal["certainty"]
    """Of every outcome of each therapy."""
    therapies: Annotated[list[Id], Field(min_length=1)]
    """Ids of therapies/, in the order shown."""


class People(Record):
    """Counted people: `events` of `out_of`."""

    label: Annotated[Name, Distinct]
    """Who or what is counted."""
    events: Annotated[int, Field(ge=0)]
    """How many of them, not more than out_of."""
    out_of: Annotated[int, Field(ge=1, le=100)]
    """Of how many, 1 to 100."""

    @model_validator(mode="after")
    def _no_more_than_all(self) -> "People":
        if self.events > self.out_of:
            raise refuse("people", f"{self.events} of {self.out_of} people", "Correct events or out_of.")
        return self


class IconChart(_Chart):
    """How many people in ten, or in a hundred: one figure a person."""

    kind: Literal["icons"]
    """People in 10 or in 100."""
    groups: Annotated[list[People], Field(min_length=1)]
    """Who is counted; use one out_of for all of them."""
    certainty: Certainty | None = None
    """How sure we can be, where it claims an effect."""
    references: References
    """The sources of the numbers."""


# fmt: off
Icon = Literal[
    "again", "alarm", "baby", "bag", "book", "bus", "calendar", "card", "check", "choice", "clock", "cup",
    "door", "drop", "ear", "eye", "face", "flag", "flask", "gift", "goal", "heart", "house", "list", "lock", "meal",
    "message", "money", "moon", "paper", "pencil", "people", "phone", "pills", "pulse", "question",
    "scales", "school", "screen", "search", "shield", "steps", "stop", "thought", "walk", "wave", "work",
]
# fmt: on
"""A small drawing in _icons.html.j2."""


class Stage(Record):
    """One step of a path, with the drawing that stands for it."""

    title: Annotated[Name, Distinct]
    """Two or three words."""
    icon: Icon
    """The drawing beside it."""
    text: Text
    """One or two sentences."""
    page: PagePath | None = None
    """Where to read more."""


class PathChart(_Chart):
    """Steps, one after the other."""

    kind: Literal["path"]
    """Steps in a row."""
    stages: Annotated[list[Stage], Field(min_length=2)]
    """The steps, in order."""


class DrawingChart(_Chart):
    """One large drawing of our own, and in words what to do."""

    kind: Literal["drawing"]
    """A drawing that the guide holds."""
    drawing: Literal["lying-on-side"]
    """Which drawing."""
    steps: Annotated[list[Text], Field(min_length=1)]
    """What to do, in order."""
    references: References
    """The sources of the steps."""


_MODELS = {
    "ladder": "levels",
    "hours": "levels",
    "certainty": "certainty",
    "icons": "icons",
    "path": "path",
    "drawing": "drawing",
}


def _kind(value: object) -> str | None:
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return f"={_MODELS[str(kind)]}" if kind in _MODELS else None


Chart = Annotated[
    Annotated[LevelChart, Tag("=levels")]
    | Annotated[CertaintyChart, Tag("=certainty")]
    | Annotated[IconChart, Tag("=icons")]
    | Annotated[PathChart, Tag("=path")]
    | Annotated[DrawingChart, Tag("=drawing")],
    Discriminator(
        _kind,
        custom_error_type="kind",
        custom_error_message="a picture of no known kind",
        custom_error_context={"remedy": f"Write kind: and one of {', '.join(_MODELS)}.", "key": "kind"},
    ),
]
