"""The rule `clinical_reviews`: who has signed what, and who vouches for it."""

from __future__ import annotations

from typing import Any

import pytest

from guide.checking import check_project
from guide.commands import review_pack
from tests.factories import Project, plain


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"verified": {**plain("reviews")["verified"], "by": "Somebody"}}, '"Somebody" is not a maintainer'),
        ({"page": "lake.md"}, 'there is no page "lake.md"'),
        ({"verified": None}, '"verified" is missing'),
        ({"signed": ["0" * 32], "open": ["0" * 32]}, "is both signed and open"),
        ({"verified": {**plain("reviews")["verified"], "on": "2026-01-01"}}, "before the signature"),
    ],
)
def test_a_record_that_nobody_vouches_for_is_refused(project: Project, changes: dict[str, Any], words: str) -> None:
    project.write("data/reviews/index.yaml", {**plain("reviews"), **changes} if changes else {})
    if changes.get("verified", 1) is None:
        project.write("data/reviews/index.yaml", plain("reviews", verified=None))
    assert any(words in str(problem) for problem in check_project(project.root))


def test_a_page_about_the_guide_itself_is_not_signed(project: Project) -> None:
    project.write("docs/about/us.md", project.read("docs/help.md"))
    project.write("data/site.yaml", plain("site", plain_sections=["about"]))
    project.write("data/reviews/us.yaml", plain("reviews", id="us", page="about/us.md"))
    assert any("speaks of the guide itself" in str(problem) for problem in check_project(project.root))
    assert review_pack.main(["--root", str(project.root), "about/us"]) == 1


def test_an_empty_folder_of_reviews_is_fine(project: Project) -> None:
    (project.root / "data/reviews").mkdir()
    assert check_project(project.root) == []
