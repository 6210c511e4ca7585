"""DEVELOPING.md names what there is: every check, macro, command and dependency, and none that is gone."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from guide.model.registry import macros

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "DEVELOPING.md").read_text("utf-8")


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


def first_cells(title: str) -> list[str]:
    """Give the first cell of each row of the section's table."""
    rows = re.findall(r"^\| (.*?) \|", section(title), re.MULTILINE)
    return [row for row in rows if not row.startswith("-")][1:]


def test_every_check_has_its_line():
    modules = {path.stem for path in (ROOT / "guide" / "checking").glob("*.py")} - {"__init__"}
    assert {cell.strip("`") for cell in first_cells("Checks")} == modules


def test_every_rule_of_a_check_is_named():
    for row in re.findall(r"^\| `(\w+)` \| (.*?) \|", section("Checks"), re.MULTILINE):
        source = (ROOT / "guide" / "checking" / f"{row[0]}.py").read_text("utf-8")
        for rule in re.findall(r"`([a-z-]+)`", row[1]):
            assert f'"{rule}"' in source, f"{row[0]}: {rule}"


def test_every_macro_has_its_line():
    assert {re.split(r"[`(]", cell)[1] for cell in first_cells("Macros")} == set(macros())


def test_every_command_has_its_line():
    targets = set(re.findall(r"^([a-z-]+):.* ## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {cell.strip("`").removeprefix("make").strip() or "help" for cell in first_cells("Set-up and commands")}
    assert named == targets


def test_every_dependency_has_its_line():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    wanted = {re.split(r"[=<>!~\[; ]", entry)[0] for group in groups for entry in group}
    named = {name for cell in first_cells("Dependencies") for name in re.sub(r" \(.*\)", "", cell).split(", ")}
    assert named == wanted


def test_contents_lead_to_sections():
    headings = {
        re.sub(r"[^a-z -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^## (.*)$", TEXT, re.M)
    }
    assert set(re.findall(r"^- \[.*\]\(#(.*)\)$", TEXT, re.MULTILINE)) <= headings
