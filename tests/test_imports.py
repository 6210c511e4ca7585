"""Imports point one way, and only the engine package knows MkDocs."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import ROOT

BELOW = {
    "model": (),
    "reading": ("model",),
    "rendering": ("model", "reading"),
    "outputs": ("model", "reading", "rendering"),
    "checking": ("model", "reading", "rendering"),
    "reviewing": ("model", "reading", "rendering", "checking"),
    "engine": ("model", "reading", "rendering", "checking", "outputs"),
    "commands": ("model", "reading", "rendering", "checking", "reviewing", "outputs", "engine"),
}
"""What each package of guide/ may import, beside itself and guide/versions.py."""
ENGINE = ("mkdocs", "mkdocs_macros", "material")
KNOWS_ENGINE = ("guide/engine", "guide/commands/build.py", "guide/commands/serve.py", "macros/__init__.py", "bench")
"""Where the engine is known; components and the rest of the generator work without it."""


def imported(path: Path) -> Iterator[str]:
    """Give the full name of every module that a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            # "from guide import model" names the package in what it imports.
            names = [f"guide.{alias.name}" for alias in node.names] if node.module == "guide" else [node.module]
            yield from names


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def test_every_package_has_its_place() -> None:
    assert {path.parent.name for path in (ROOT / "guide").glob("*/__init__.py")} == set(BELOW)


@pytest.mark.parametrize("package", BELOW)
def test_package_imports_only_what_is_below_it(package: str) -> None:
    allowed = {"versions", package, *BELOW[package]}
    for path in files(f"guide/{package}"):
        for module in imported(path):
            if module.startswith("guide."):
                assert module.split(".")[1] in allowed, f"{path.relative_to(ROOT)} imports {module}"


def test_generator_knows_components_through_the_registry_only() -> None:
    for path in files("guide"):
        assert not [module for module in imported(path) if module.split(".")[0] == "macros"], path.relative_to(ROOT)


def test_only_the_engine_package_and_two_commands_know_mkdocs() -> None:
    for path in files("guide", "macros", "bench"):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(KNOWS_ENGINE):
            assert not [module for module in imported(path) if module.split(".")[0] in ENGINE], name
