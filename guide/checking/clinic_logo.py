"""The logo of a clinic is a picture in docs/, and a light one: every embed of the clinic loads it."""

from collections.abc import Iterator

from guide.model.problems import Problem
from guide.rendering.project import Project

_MOST = 100_000


def check(project: Project) -> Iterator[Problem]:
    """Check that each logo exists, and that it isn't too large."""
    for clinic in project.guide.records("clinics").values():
        if not clinic.logo:
            continue
        place = project.guide.place("clinics", clinic.id, "logo")
        path = project.root / "docs" / clinic.logo
        if not path.is_file():
            yield Problem(
                place,
                f'there is no picture "docs/{clinic.logo}"',
                "Put the picture there, or leave the line out.",
                "clinic-logo",
            )
        elif path.stat().st_size > _MOST:
            wrong = f'the picture "docs/{clinic.logo}" has {path.stat().st_size:,} bytes; a logo has at most {_MOST:,}'
            yield Problem(place, wrong, "Save it smaller.", "clinic-logo")
