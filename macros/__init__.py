"""The integration with mkdocs-macros: it hands us pages, and we render them. Nothing else here knows it."""

from pathlib import Path
from typing import Any


def define_env(env: Any) -> None:
    """Read data/ once a build, and replace the plugin's rendering of pages by ours.

    The plugin's own template engine renders nothing: `render` returns the page with a token in place of each call,
    Markdown runs with the extensions that the checker uses, and hooks/pages.py replaces the tokens afterwards.

    Args:
        env: The plugin.

    Raises:
        PluginError: data/ or a page cannot be published. `make build` says all of it before it comes to this.
    """
    from mkdocs.exceptions import PluginError

    from macros.loading import load_guide
    from macros.page_html import EXTENSIONS, PageMarkdown
    from macros.pages import page_heads, read_page, read_pages
    from macros.problems import DataError
    from macros.rendering import PageRenderer

    try:
        guide = load_guide(Path(env.project_dir, "data"))
    except DataError as error:
        raise PluginError(f"data/ cannot be published:\n{error}") from None
    guide.forget_lines()
    extra = env.conf["extra"]
    extra["guide"] = guide
    # The address of the site has one home, and is not the engine's configuration.
    env.conf["site_url"] = next(iter(guide.site.values())).address
    renderers = extra["guide_renderers"] = {}
    texts = extra["guide_texts"] = {}
    converter = PageMarkdown()
    env.conf["markdown_extensions"] = [*EXTENSIONS, converter]
    env.conf["mdx_configs"] = EXTENSIONS
    docs = Path(env.conf["docs_dir"])

    def render(markdown: str, force_rendering: bool = False) -> str:
        path = env.page.file.src_uri
        page, problems = read_page(docs, docs / path)
        if page is None or page.front is None or problems:
            raise PluginError("\n".join(str(problem) for problem in problems))
        if page.body.lstrip("\n") != markdown.lstrip("\n"):
            raise PluginError(f"docs/{path}:1: the engine reads another page than the checker. [engine]")
        env.page.meta = page.front.model_dump(exclude_defaults=True)
        # The one call that shows all pages; to read them takes a quarter of a second, so they are read for it alone.
        if any(call.name == "status" for call in page.text.calls):
            guide.pages = page_heads(read_pages(docs)[0])
        renderers[path] = PageRenderer(guide, path, env.conf["theme"]["language"])
        texts[path] = page.text
        converter.anchors = page.anchors
        return page.text.text

    env.render = render
    # Titles are text: the plugin renders one that looks like a template.
    env.has_j2 = lambda text: False
