"""Colors: how well one is seen on another, and which ones a guide can choose."""

import pytest

from guide.model.color import contrast, mixed, readable
from guide.reading.records import read_guide
from tests.factories import Project


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [("#ffffff", "#000000", 21), ("#767676", "#FFFFFF", 4.54), ("#0000ff", "#ffffff", 8.59), ("#777777", "#777777", 1)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, least: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(least, abs=0.005)


def test_mixed_color_has_a_share_of_each() -> None:
    assert [mixed("#000000", "#ff8000", share) for share in (0, 0.5, 1)] == ["#000000", "#804000", "#ff8000"]


def test_readable_color_changes_no_more_than_it_must() -> None:
    assert readable("#1d5552", ["#ffffff"]) == "#1d5552"
    assert 4.5 <= contrast(readable("#9aa0ff", ["#ffffff"]), "#ffffff") < 5
    assert 4.5 <= contrast(readable("#1d5552", ["#171e1f"], lighter=True), "#171e1f") < 5


def told(project: Project, written: str) -> list[str]:
    """Say what is wrong with a color, as it is written in the third line of data/site.yaml."""
    lines = project.read("data/site.yaml").split("\n")
    project.write("data/site.yaml", "\n".join([*lines[:2], f"brand: {written}", *lines[2:]]))
    return [str(problem) for problem in read_guide(project.root / "data")[1]]


@pytest.mark.parametrize("color", ["#5b2a86", "#5B2A86", "#767676", "#000000"])
def test_color_under_white_words_is_taken(project: Project, color: str) -> None:
    assert told(project, f'"{color}"') == []
    assert read_guide(project.root / "data")[0].settings.brand == color.lower()


def test_light_color_is_refused_with_a_darker_one_that_is_taken(project: Project) -> None:
    (problem,) = told(project, '"#f4a300"')
    assert problem.startswith(
        "data/site.yaml:3: brand #f4a300 is too light for the white words on it: their contrast is "
    )
    remedy = problem.split('such as "')[1][:7]
    assert contrast(remedy, "#ffffff") >= 4.5
    assert problem.endswith("[brand]")


@pytest.mark.parametrize("written", ["teal", '"#fff"', '"#12345g"', "rgb(0, 0, 0)", "#5b2a86", '""', '"#5b2a86;}"'])
def test_what_is_no_color_is_refused_at_its_line(project: Project, written: str) -> None:
    (problem,) = told(project, written)
    assert problem.startswith("data/site.yaml:3: ")
    assert "straight double quotes" in problem
