"""One-page handouts to PDF: front only, on what Letter and A4 share, and on two pages in large print.

They are short forms of their own, with a QR code of the page that has their sources in place of the list. Each is
printed in the largest letters that fit. One that doesn't fit in the smallest letters is a problem, and nothing is
published. Each clinic of the guide has its own, with its own lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product
from typing import Any

from markupsafe import Markup

from guide.model.addresses import handout_path
from guide.model.clinic import Clinic
from guide.model.kind import Kind, OnePage
from guide.model.problems import DataError, Place, Problem
from guide.model.registry import kinds
from guide.outputs.blocks import Blocks
from guide.outputs.embeds import SITE_ONLY, Embed, Embeds
from guide.outputs.pdf import laid_out, written
from guide.outputs.qr_code import qr_code
from guide.outputs.site import File, Site
from guide.reading import marks
from guide.rendering.assets import THEME
from guide.rendering.page import PageRenderer


@dataclass(frozen=True)
class Size:
    """A size of print.

    Attributes:
        pages: The most that it may take.
        points: Sizes of letters to try, in points, the largest first.
    """

    pages: int
    points: tuple[float, ...]


SIZES = {"": Size(1, (14, 13.5, 13, 12.5, 12, 11.5, 11)), "large": Size(2, (20, 19, 18))}
"""By the part of the address that names it."""


@dataclass(frozen=True)
class Fitted:
    """A one-page handout, laid out in the largest letters that fit, or else in the smallest that it may have.

    Attributes:
        layout: What WeasyPrint made of it.
        points: Size of its letters.
        most: The number of pages that it may take.
    """

    layout: Any
    points: float
    most: int

    @property
    def spills(self) -> bool:
        """Whether it takes more pages than it may."""
        return len(self.layout.pages) > self.most

    def problem(self, place: Place, clinic: Clinic | None) -> Problem:
        """Return the problem that it spills over."""
        wrong = f"at {self.points} points, this handout takes {len(self.layout.pages)} pages in place of {self.most}"
        remedy = 'Show less on it: name what you need of a record by "only", or leave a part out.'
        if clinic:
            wrong += f' with the lines of clinic "{clinic.id}"'
            remedy = f"{remedy[:-1]}, or shorten what the clinic says."
        return Problem(place, wrong, remedy, "one-page")


class OnePageHandouts:
    """The one-page handouts of one guide."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.embeds = site.once(Embeds)

    @cached_property
    def all(self) -> list[Embed]:
        """Every one-page handout; none of them is shown in a frame."""
        return [embed for _, embed in self._by_kind]

    @cached_property
    def _by_kind(self) -> list[tuple[str, Embed]]:
        """The same, each with the key of its kind."""
        return [
            (kind.key, self._embed(kind, kind.one_page, record))
            for kind in kinds().values()
            if kind.one_page
            for record in self._site.guide.records(kind.key).values()
        ]

    def _embed(self, kind: Kind, one_page: OnePage, record: Any) -> Embed:
        page = next((page for page in self._site.pages if page.path == record.page), self._site.pages[0])
        return Embed(
            one_page.key,
            record.id,
            record.title,
            partial(
                self._site.once(Blocks).render,
                (kind.key, record.id),
                lambda renderer: str(one_page.show(renderer, record)),
            ),
            page.address,
            page.heading,
            checked=record,
        )

    def document(self, embed: Embed, clinic: Clinic | None = None) -> str:
        """Render a handout, as HTML to print."""
        guide = self._site.guide
        logo = self.embeds.logos.get(clinic.id) if clinic else None
        document = PageRenderer(guide, "", self._site.language).render(
            "one-page.html.j2",
            None,
            None,
            embed=embed,
            embeds=self.embeds,
            body=Markup(embed.block.content),  # noqa: S704
            site=guide.settings,
            lines=[guide.records("helplines")[line] for line in guide.settings.emergency],
            clinic=clinic,
            logo=logo.data if logo else "",
            qr=qr_code(embed.page),
        )
        return str(marks.written(document, embed.links(self._site.address), without=SITE_ONLY))

    def fitted(self, document: str, size: str = "") -> Fitted:
        """Lay a handout out in the largest letters that fit.

        Args:
            document: As `document` returns it.
            size: A key of `SIZES`.
        """
        names = ["one-page", f"one-page-{size}"] if size else ["one-page"]
        style = "\n".join((THEME / "embed" / f"{name}.css").read_text("utf-8") for name in names)
        most = SIZES[size].pages
        for points in SIZES[size].points:
            layout = laid_out(document, f"{style}\n:root {{ font-size: {points}pt; }}", self.embeds.address)
            if len(layout.pages) <= most:
                break
        return Fitted(layout, points, most)

    def pdfs(self) -> dict[str, bytes]:
        """Print every handout in every size, and return the PDFs by their paths.

        Raises:
            DataError: Some take more pages than they may.
        """
        printed, problems = {}, []
        for (kind, embed), clinic in product(self._by_kind, (None, *self.embeds.clinics)):
            document = self.document(embed, clinic)
            for size in SIZES:
                fitted = self.fitted(document, size)
                if fitted.spills:
                    problems.append(fitted.problem(self._site.guide.place(kind, embed.id), clinic))
                else:
                    path = handout_path(embed.name, size, clinic.id if clinic else "")
                    printed[path] = written(fitted.layout)
        if problems:
            raise DataError(problems)
        return printed


def files(site: Site) -> Iterator[File]:
    """Return every one-page handout in every size; none, where the site is made without handouts.

    Raises:
        DataError: Some don't fit.
    """
    if site.printing:
        for path, pdf in site.once(OnePageHandouts).pdfs().items():
            yield File(path, partial(bytes, pdf))
