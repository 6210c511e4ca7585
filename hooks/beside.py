"""MkDocs events: writes what other sites and programs read, beside the process that writes the pages."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.plugins import event_priority


@event_priority(-50)
def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Begin when the text of every page is there."""
    from macros.api import Api
    from macros.beside import Beside

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
    # All three processes need them.
    len(api.embeds.all)
    site = Path(config["site_dir"])
    extra["guide_beside"] = [Beside(partial(_write, files, site)) for files in (api.files, api.embeds.files)]
    return env


def _write(files: Callable[[], Iterator[tuple[str, str]]], site: Path) -> None:
    for name, content in files():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8", newline="")


@event_priority(50)
def on_post_build(config: Any, **_: Any) -> None:
    """Wait for them."""
    for writer in config["extra"]["guide_beside"]:
        writer.result()
