"""MkDocs events: joins our style sheets and scripts, remembers the pages, and gives the theme its `guide`."""

import re
from pathlib import Path
from typing import Any

# None of Material's files is used, nor our own as they are.
UNUSED = r"assets/(css|js|stylesheets|javascripts)/.*|assets/.*\.map"


def on_files(files: Any, config: Any, **_: Any) -> Any:
    """Replace the separate scripts by one joined file, and join the style sheets, which pages hold themselves."""
    from mkdocs.structure.files import File

    from macros.assets import bundle
    from macros.policy import Inline

    for file in [file for file in files if re.fullmatch(UNUSED, file.src_uri)]:
        files.remove(file)
    assets = Path(config["docs_dir"], "assets")
    script = bundle(assets / "js", "js")
    files.append(File.generated(config, script.name, content=script.content))
    config["extra"]["guide_script"] = script.name
    config["extra"]["guide_inline"] = Inline.of_theme(Path(config["docs_dir"]))
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
