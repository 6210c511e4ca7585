"""The templates of components and of parts of pages; and which of them fill a page, by `guide.model.reads`."""

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.meta import find_referenced_templates

from guide.model.inline import plain_text
from guide.model.reads import note_read
from guide.model.registry import component_folders
from guide.rendering.assets import THEME, cached_from_theme

TEMPLATE = "template"
"""What reads of templates are noted as; the id is the path of the file."""


class _Templates(Environment):
    """Notes which templates are filled, those that a template imports too."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._names: dict[str, set[str]] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
        tree = super()._parse(source, name, filename)
        self._names[name or ""] = {each for each in find_referenced_templates(tree) if each}
        return tree

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002
        """Return a template, and note that it is read."""
        template = super().get_template(name, parent, globals)
        note_read(TEMPLATE, template.filename)
        # Jinja imports a template once for all that import it: what that one imports in turn would be noted once only.
        for inner in self._names.get(template.name or "", ()):
            self.get_template(inner)
        return template


@cached_from_theme
def templates() -> Environment:
    """Return what loads our templates: it escapes all values, and refuses names that don't exist."""
    environment = _Templates(
        loader=FileSystemLoader([THEME / "parts", *component_folders()]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["plain"] = plain_text
    return environment
