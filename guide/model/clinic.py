"""What a clinic that shows the guide says of itself: in its own copy, on handouts and in embeds.

The same can be typed in the embed builder; `guide/theme/embed/clinic.js` holds it to the same limits.
"""

from typing import Annotated

from pydantic import Field

from guide.model.kind import Kind
from guide.model.record import NAME_LIMIT, Id, Name, Phone, Record, Url

LOGOS = {"jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png", "svg": "image/svg+xml", "webp": "image/webp"}
"""The types of pictures that a logo may have, by the ending of the file's name."""


class Clinic(Record):
    """A clinic's own lines, on handouts and in embeds; the emergency numbers always come before them."""

    id: Id
    """Never changed or used again: it's in the addresses of the clinic's embeds and handouts."""
    name: Name
    """As patients know it."""
    phone: Phone
    """The main number."""
    after_hours_phone: Phone | None = None
    """The number at night and on weekends, if it is another one."""
    crisis: Name | None = None
    """What patients of this clinic should do in a crisis, in plain words."""
    url: Annotated[Url, Field(max_length=NAME_LIMIT)] | None = None
    """Its website."""
    logo: (
        Annotated[
            str,
            Field(
                pattern=rf"^assets/([a-z0-9-]+/)*[a-z0-9.-]+\.({'|'.join(LOGOS)})$",
                examples=["assets/clinics/logo.svg"],
            ),
        ]
        | None
    ) = None
    """A picture by its path in docs/, of up to 100,000 bytes."""


KINDS = (Kind("clinics", Clinic, order=1065, shown_to="editors", title="name"),)
