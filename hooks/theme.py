"""MkDocs events: joins our style sheets and scripts, remembers the pages, and gives the theme its `guide`."""

import re
from typing import Any

# None of Material's files is used.
UNUSED = r"assets/(stylesheets|javascripts)/.*|assets/.*\.map"


def on_files(files: Any, config: Any, **_: Any) -> Any:
    """Join our scripts into one file, and our style sheets into what pages hold themselves."""
    from mkdocs.structure.files import File

    from macros.assets import THEME, bundle
    from macros.policy import Inline

    for file in [file for file in files if re.fullmatch(UNUSED, file.src_uri)]:
        files.remove(file)
    script = bundle(THEME / "js", "js")
    files.append(File.generated(config, script.name, content=script.content))
    config["extra"]["guide_script"] = script.name
    config["extra"]["guide_inline"] = Inline.of_theme()
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Date the page, in the sitemap, by its last check: two builds on two days are the same."""
    page.update_date = page.meta["sources_checked"].isoformat()
    return markdown


def on_nav(nav: Any, config: Any, **_: Any) -> Any:
    """Remember the pages in the order of the navigation."""
    config["extra"]["guide_pages"] = nav.pages
    return nav


def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Offer `guide` to the theme's templates, which are written in lines of their own."""
    from macros.theme import Theme

    env.trim_blocks = env.lstrip_blocks = True
    extra = config["extra"]
    env.globals["guide"] = Theme(
        extra["guide"],
        config["theme"]["language"],
        extra["guide_script"],
        extra["guide_renderers"],
        extra["guide_inline"],
    )
    return env
