"""The kinds of records and the macros of a project: those of the generator, and those of the folders in macros/.

A component is a folder of the package `macros`. It exports `KIND`, or `KINDS` if it has several, and `MACROS`. Nothing
else lists components: they are found when somebody asks, so that they can import the generator.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from guide.model import accessibility, clinic, exemption, moved, reference, release, review, search, site
from guide.model.addresses import PAGE
from guide.model.kind import Kind
from guide.model.macro import Macro

COMPONENTS = "macros"
"""The package whose folders are components."""
_OWN = (
    *accessibility.KINDS,
    *clinic.KINDS,
    *exemption.KINDS,
    *moved.KINDS,
    *reference.KINDS,
    *release.KINDS,
    *review.KINDS,
    *search.KINDS,
    *site.KINDS,
)


@cache
def component_folders() -> tuple[Path, ...]:
    """Return the folders of all components, by name."""
    homes = [Path(home) for home in import_module(COMPONENTS).__path__]
    return tuple(sorted((path.parent for home in homes for path in home.glob("*/__init__.py")), key=lambda p: p.name))


@cache
def _components() -> tuple[ModuleType, ...]:
    return tuple(import_module(f"{COMPONENTS}.{folder.name}") for folder in component_folders())


def _kinds_of(component: ModuleType) -> list[Kind]:
    return [*getattr(component, "KINDS", ()), *([component.KIND] if hasattr(component, "KIND") else [])]


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind of record by its key, in their order.

    Raises:
        ValueError: Two kinds have the same key.
    """
    declared = [*_OWN, *(kind for component in _components() for kind in _kinds_of(component))]
    kinds = {kind.key: kind for kind in sorted(declared, key=lambda kind: (kind.order, kind.key))}
    if len(kinds) < len(declared):
        raise ValueError(f"two components declare one kind: {sorted(kind.key for kind in declared)}")
    return kinds


@cache
def macros() -> dict[str, Macro]:
    """Return every macro by its name, in their order.

    Raises:
        ValueError: Two macros have the same name.
    """
    declared: list[Macro] = [macro for component in _components() for macro in getattr(component, "MACROS", ())]
    macros = {macro.name: macro for macro in sorted(declared, key=lambda macro: (macro.order, macro.name))}
    if len(macros) < len(declared):
        raise ValueError(f"two components declare one macro: {sorted(macro.name for macro in declared)}")
    return macros


@cache
def reader_kinds() -> dict[str, Kind]:
    """Return the kinds whose records readers see, by key."""
    return {key: kind for key, kind in kinds().items() if kind.shown_to == "readers"}


@cache
def parts() -> dict[str, Kind]:
    """Return the kinds that other sites can show, by their names in addresses."""
    return {kind.part.key: kind for kind in kinds().values() if kind.part}


def embed_kinds() -> tuple[str, ...]:
    """Return what other sites can show, as it stands in addresses: pages, and the kinds of parts."""
    return (PAGE, *parts())


@cache
def kind_folders() -> dict[str, Path]:
    """Return the folder of the component that declares a kind, by the kind's key."""
    pairs = zip(component_folders(), _components(), strict=True)
    return {kind.key: folder for folder, component in pairs for kind in _kinds_of(component)}


def part_folders() -> list[Path]:
    """Return the folders of the components that other sites can show."""
    folders = {kind_folders()[kind.key] for kind in parts().values()}
    return [folder for folder in component_folders() if folder in folders]


@cache
def quoting_fields() -> frozenset[tuple[str, str]]:
    """Return the fields with words of others, each with its kind."""
    return frozenset((kind.key, name) for kind in kinds().values() for name in kind.quotes)


@cache
def unsourced_fields() -> frozenset[tuple[str, str]]:
    """Return the fields that state nothing that needs a source, each with its kind."""
    return frozenset((kind.key, name) for kind in kinds().values() for name in kind.unsourced)


@cache
def answerable() -> dict[str, list[str]]:
    """Return the fields that `from:` in a comparison may name, by kind of record."""
    return {kind.key: kind.answers for kind in sorted(kinds().values(), key=lambda kind: kind.key) if kind.answerable}
