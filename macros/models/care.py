"""Care cards and helplines: what to do now, and whom to reach."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.models.base import Day, Id, Name, Record, References, Reviewed, Text, Url, refuse

PHONE = r"^(\d{3}|\d{5,6}|(1-)?\d{3}-\d{3}-\d{4})$"
Phone = Annotated[str, Field(pattern=PHONE, description="Digits and hyphens, as dialed: 911 or 1-800-555-0100.")]


class TextTo(Record):
    """Where to send a text message, and the words to send, if any."""

    number: Phone
    message: Name | None = None


class Helpline(Reviewed):
    """One phone, text or chat service, or a site to search."""

    id: Id
    name: Name
    groups: Annotated[list[Id], Field(min_length=1)]
    for_whom: Text
    number: Phone | None = None
    then: Name | None = None
    text_to: TextTo | None = None
    chat_url: Url | None = None
    url: Url | None = None
    tty: Phone | None = None
    instructions: Text | None = None
    hours: Name
    languages: Text
    cost: Text
    check_due: Day
    references: References

    @model_validator(mode="after")
    def _reachable(self) -> "Helpline":
        if not (self.number or self.text_to or self.chat_url or self.url):
            raise refuse("helpline", "a helpline that nobody can reach", "Write a number, text_to, chat_url or url.")
        return self


class CareCard(Reviewed):
    """What to do now, in order."""

    id: Id
    title: Name
    urgency: Literal["emergency", "urgent", "soon"]
    lang: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] | None = None
    signs_title: Name | None = None
    signs: list[Text] = []
    steps: Annotated[list[Text], Field(min_length=1)]
    mentions: Annotated[
        list[Name], Field(description="Words that call for this card: a page that says one of them shows the card.")
    ] = []
    helplines: list[Id] = []
    references: References
