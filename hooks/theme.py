"""MkDocs events: joins our style sheets and scripts, and gives the theme its `guide`."""

from pathlib import Path
from typing import Any


def on_files(files: Any, config: Any, **_: Any) -> Any:
    """Replace the separate style sheets and scripts by one joined file each."""
    from mkdocs.structure.files import File

    from macros.assets import bundle

    for kind in ("css", "js"):
        for file in [file for file in files if file.src_uri.startswith(f"assets/{kind}/")]:
            files.remove(file)
        asset = bundle(Path(config["docs_dir"], "assets", kind), kind)
        config["extra"][f"guide_{kind}"] = asset.name
        files.append(File.generated(config, asset.name, content=asset.content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Date the page, in the sitemap, by its last check: two builds on two days are the same."""
    page.update_date = page.meta["sources_checked"].isoformat()
    return markdown


def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Offer `guide` to the theme's templates."""
    from macros.theme import Theme

    extra = config["extra"]
    env.globals["guide"] = Theme(extra["guide"], config["theme"]["language"], extra["guide_css"], extra["guide_js"])
    return env
