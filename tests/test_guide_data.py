"""The real guide: nothing is wrong with it. No value of it is asserted anywhere."""

from guide.checking import check_project
from tests.factories import ROOT


def test_the_guide_has_no_problems() -> None:
    assert [str(problem) for problem in check_project(ROOT)] == []
