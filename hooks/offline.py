"""MkDocs events: writes what keeps the guide on a reader's device, and removes it."""

from pathlib import Path
from typing import Any


def on_files(files: Any, **_: Any) -> Any:
    """Keep the sources of these scripts out of the site."""
    for file in [file for file in files if file.src_uri.startswith("assets/offline/")]:
        files.remove(file)
    return files


def on_post_build(config: Any, **_: Any) -> None:
    """Write them beside the pages."""
    from macros.offline import kept_script

    script = kept_script()
    Path(config["site_dir"], script.name).write_text(script.content, "utf-8", newline="\n")
