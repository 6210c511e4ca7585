"""What clinicians have signed of what is shown now: a signature holds for a statement until its hash is another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from guide.model.guide import Guide
from guide.model.record import Signature
from guide.model.registry import kinds, macros
from guide.model.review import ClinicalReview
from guide.reading.pages import Page
from guide.rendering.page import PageRenderer
from guide.rendering.statements import Statement, Statements


@dataclass(frozen=True)
class Standing:
    """How one review stands.

    Attributes:
        review: The review.
        count: How many passages are shown now; headings aren't counted.
        signed: How many of them stand as they were signed.
        changed: How many have changed, come or gone since.
        open: How many were read and not signed.
    """

    review: ClinicalReview
    count: int
    signed: int
    changed: int
    open: int

    @property
    def whole(self) -> bool:
        """Whether all that is shown is as it was signed, and nothing signed has gone."""
        return self.signed == self.count and not self.changed


class Signatures:
    """Compares what a guide shows with what was signed."""

    def __init__(self, guide: Guide, language: str) -> None:
        self._guide = guide
        self._language = language
        self._reviews = list(guide.reviews.values())
        self._pages: dict[str, list[Standing]] = {}

    @cached_property
    def _statements(self) -> Statements:
        return Statements(self._guide, self._language)

    def of_page(self, path: str, content: str, cited: Sequence[str]) -> list[Standing]:
        """Return how the reviews of a page stand, from its HTML with marks and the sources that it cites."""
        if path not in self._pages:
            reviews = [review for review in self._reviews if review.page == path]
            shown = self._statements.of(content, cited, path) if reviews else []
            self._pages[path] = [_page_standing(review, shown) for review in reviews]
        return self._pages[path]

    def of_written_page(self, page: Page) -> list[Standing]:
        """Return the same of a page that isn't rendered yet."""
        reviews = [review for review in self._reviews if review.page == page.path]
        shown = self._statements.of_page(page) if reviews else []
        return [_page_standing(review, shown) for review in reviews]

    def of_block(self, content: str, cited: Sequence[str]) -> list[Standing]:
        """Return how the reviews stand that signed at least half of what a block shows, on whatever page that is."""
        if not self._reviews:
            return []
        shown = [statement for statement in self._statements.of(content, cited) if statement.role == "passage"]
        standings = [_block_standing(review, shown) for review in self._reviews]
        return [standing for standing in standings if standing.signed and 2 * standing.signed >= standing.count]

    def of_record(self, kind: str, record: Any) -> list[Standing]:
        """Return the same of a record by itself."""
        if not self._reviews:
            return []
        declared = kinds()[kind]
        renderer = PageRenderer(self._guide, "", self._language)
        if declared.block:
            content = declared.block(renderer, record)
        elif declared.part and not declared.part.item:
            content = macros()[declared.part.macro](renderer, record.id)
        else:
            return []
        return self.of_block(str(content), renderer.cited)


def signature(standings: Sequence[Standing]) -> Signature | None:
    """Return the latest signature of all that is shown; None where any of it is unsigned, or has changed."""
    whole = [standing.review for standing in standings if standing.whole]
    return max(whole, key=lambda review: review.on).signature if whole else None


def _page_standing(review: ClinicalReview, shown: Sequence[Statement]) -> Standing:
    signed, opened = set(review.signed), set(review.open)
    known, now = signed | opened, {statement.hash for statement in shown}
    counted = [statement for statement in shown if statement.role == "passage"]
    new = sum(statement.hash not in known for statement in counted)
    named = sum(statement.hash not in known for statement in shown) - new
    gone = len(known - now)
    return Standing(
        review,
        len(counted),
        sum(statement.hash in signed for statement in counted),
        # A review doesn't say which of what is gone were headings: as many as are new. These count only by themselves.
        max(new, gone - named) or max(named, gone),
        sum(statement.hash in opened for statement in counted),
    )


def _block_standing(review: ClinicalReview, shown: Sequence[Statement]) -> Standing:
    signed, opened = set(review.signed), set(review.open)
    return Standing(
        review,
        len(shown),
        sum(statement.hash in signed for statement in shown),
        sum(statement.hash not in signed | opened for statement in shown),
        sum(statement.hash in opened for statement in shown),
    )
