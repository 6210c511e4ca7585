"""The border to mkdocs-macros: hands the engine what the rest of this package makes. Nothing else here knows it."""

from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor


class BlockExtension(Extension):
    """Puts the HTML of macro calls into the page after Markdown has run, so that no indentation can break it."""

    renderer: Any = None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the postprocessor, after all others."""
        md.postprocessors.register(BlockPostprocessor(self), "guide-blocks", -100)


class BlockPostprocessor(Postprocessor):
    """Swaps one-line tokens for the HTML that they stand for."""

    def __init__(self, extension: BlockExtension) -> None:
        super().__init__()
        self.extension = extension

    def run(self, text: str) -> str:
        """Swap the tokens of the page that was rendered last."""
        return str(self.extension.renderer.replace_tokens(text)) if self.extension.renderer else text


def define_env(env: Any) -> None:
    """Read data/ once a build, then render every page's calls.

    Args:
        env: The plugin, whose `render` is replaced: our calls are found by our own Jinja environment, numbered by page.

    Raises:
        PluginError: data/ or a call cannot be published. `make build` says all of it before it comes to this.
    """
    from jinja2 import TemplateError
    from mkdocs.exceptions import PluginError

    from macros.loading import load_guide
    from macros.pages import page_heads, read_pages
    from macros.problems import DataError
    from macros.rendering import PageRenderer

    try:
        guide = load_guide(Path(env.project_dir, "data"))
    except DataError as error:
        raise PluginError(f"data/ cannot be published:\n{error}") from None
    guide.forget_lines()
    env.conf["extra"]["guide"] = guide
    # The address of the site has one home, and is not the engine's configuration.
    env.conf["site_url"] = next(iter(guide.site.values())).address
    renderers = env.conf["extra"]["guide_renderers"] = {}
    blocks = BlockExtension()
    env.conf["markdown_extensions"].append(blocks)

    def render(markdown: str, force_rendering: bool = False) -> str:
        page = env.page.file.src_uri
        # The one call that shows all pages; to read them takes a quarter of a second, so they are read for it alone.
        if "status()" in markdown:
            guide.pages = page_heads(read_pages(Path(env.conf["docs_dir"]))[0])
        blocks.renderer = renderers[page] = PageRenderer(guide, page, env.conf["theme"]["language"])
        try:
            return str(blocks.renderer.body(markdown))
        except (TemplateError, LookupError, TypeError, ValueError) as error:
            raise PluginError(f"docs/{page}: {error}") from None

    env.render = render
