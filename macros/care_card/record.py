"""Care cards: what to do now, and whom to reach."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from guide.model.code import Coded
from guide.model.record import LANGUAGE, Id, Name, PagePath, References, Reviewed, Text

Urgency = Literal["emergency", "urgent", "soon"]
URGENCIES = get_args(Urgency)


class CareCard(Reviewed):
    """What to do now, in order."""

    id: Id
    """Also the name of the file."""
    title: Name
    """The card's heading."""
    page: PagePath | None = None
    """The page about this danger, which shows the card in full, as the help page does. Other pages show its strip."""
    codes: list[Coded] = []
    """Codes of published systems that it answers."""
    urgency: Urgency
    """How fast to act."""
    lang: Annotated[str, Field(pattern=LANGUAGE, examples=["es"])] | None = None
    """Only if the card is not in the language of the guide, for example es."""
    signs_title: Name | None = None
    """The words above the signs."""
    signs: list[Text] = []
    """What to look for."""
    steps: Annotated[list[Text], Field(min_length=1)]
    """What to do, in order. A strip shows the first step alone, so it says whom to call."""
    mentions: list[Name] = []
    """A page that says one of these words must show this card, or its strip."""
    helplines: list[Id] = []
    """Whom to call: ids of helplines.yaml."""
    references: References
    """The sources that say it."""
