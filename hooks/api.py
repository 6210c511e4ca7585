"""MkDocs events: writes pages and records as files for programs, and the feed."""

from pathlib import Path
from typing import Any


def on_post_build(config: Any, **_: Any) -> None:
    """Write them beside the pages, from what the embeds know of them."""
    from macros.api import Api

    extra = config["extra"]
    renderers = extra["guide_renderers"]
    changelog = Path(config["config_file_path"]).with_name("CHANGELOG.md")
    api = Api(
        embeds=extra["guide_embeds"],
        descriptions={page.file.src_uri: page.meta["description"] for page in extra["guide_pages"]},
        cited={path: renderer.cited for path, renderer in renderers.items()},
        figures={path: renderer.figures for path, renderer in renderers.items()},
        changelog=changelog.read_text("utf-8") if changelog.is_file() else "",
    )
    for name, content in api.files():
        path = Path(config["site_dir"], name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8", newline="")
