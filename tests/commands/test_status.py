"""`make status`: which pages read choppy."""

import pytest

from guide.commands.status import main
from tests.factories import Project, page

CHOPPY = "You swim. You rest. You swim on. You stop. You dry. You go."
FLOWING = (
    "Before the first lesson, most beginners spend an afternoon beside the water, watching how the others breathe. "
    "Afterward they usually understand everything that the instructor explains about floating and about breathing."
)


def listed(project: Project, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Give the pages that the command lists."""
    assert main(["--root", str(project.root)]) == 0
    return [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]


def test_page_of_short_sentences_is_listed_with_its_figures(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("docs/swim.md", page("Swim", CHOPPY))
    main(["--root", str(project.root)])
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("docs/swim.md")]
    assert "100 in 100 sentences of eight words or fewer" in line


def flowing(body: str = "") -> str:
    """Write a page whose paragraphs flow."""
    return page("Swim", f"{FLOWING}\n\n{body}").replace("One line about swimming.", FLOWING)


def test_page_that_flows_is_not_listed(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("docs/swim.md", flowing())
    assert "docs/swim.md" not in listed(project, capsys)


def test_steps_and_the_help_page_may_be_short(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    steps = "\n".join(f"{number}. You swim {number} times." for number in range(1, 9))
    project.write("docs/swim.md", flowing(steps))
    project.write("docs/help.md", page("Ask the pool", CHOPPY))
    assert not {"docs/swim.md", "docs/help.md"} & set(listed(project, capsys))
