"""Components are found by their folders, and know the generator only from below."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from guide.model import registry
from guide.model.kind import Kind
from guide.model.macro import Macro
from guide.model.record import Record
from tests.factories import ROOT

COMPONENTS = sorted(path.parent.name for path in (ROOT / "macros").glob("*/__init__.py"))
ALLOWED = ("guide.model", "guide.reading", "guide.rendering", "guide.versions")


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[ModuleType]]:
    """Components in place of the guide's own; what is found is forgotten before and after."""
    components: list[ModuleType] = []
    monkeypatch.setattr(registry, "_components", lambda: tuple(components))
    cached = (registry.kinds, registry.macros, registry.answerable)
    for function in cached:
        function.cache_clear()
    yield components
    for function in cached:
        function.cache_clear()


def component(name: str, **exports: object) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(exports)
    return module


def nothing(page: object) -> str:
    return ""


def test_every_folder_of_macros_is_a_component() -> None:
    assert [folder.name for folder in registry.component_folders()] == COMPONENTS


def test_kinds_and_macros_come_in_their_order_then_by_name(declared: list[ModuleType]) -> None:
    kinds = [Kind("pools", Record), Kind("lanes", Record), Kind("first", Record, order=1)]
    macros = [Macro("b", nothing), Macro("a", nothing), Macro("z", nothing, order=1)]
    declared += [component("x", KINDS=kinds, MACROS=macros[:1]), component("y", MACROS=macros[1:])]
    assert [kind for kind in registry.kinds() if kind in ("pools", "lanes", "first")] == ["first", "lanes", "pools"]
    assert list(registry.macros()) == ["z", "a", "b"]


def test_two_components_cannot_declare_one_kind_or_macro(declared: list[ModuleType]) -> None:
    declared += [component(name, KIND=Kind("pools", Record), MACROS=[Macro("pool", nothing)]) for name in "xy"]
    with pytest.raises(ValueError, match="two components declare one kind"):
        registry.kinds()
    with pytest.raises(ValueError, match="two components declare one macro"):
        registry.macros()


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_imports_the_lower_part_of_the_generator_and_no_other_component(name: str) -> None:
    for path in sorted((ROOT / "macros" / name).rglob("*.py")):
        for module in imported(path):
            if module.split(".")[0] in ("guide", "macros"):
                assert f"{module}.".startswith((*ALLOWED, f"macros.{name}.")), (
                    f"{path.relative_to(ROOT)} imports {module}"
                )


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
