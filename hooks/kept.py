"""MkDocs events: writes the script of the page where readers see and remove what their browser keeps."""

from pathlib import Path
from typing import Any


def on_post_build(config: Any, **_: Any) -> None:
    """Write it beside the pages."""
    from macros.kept import kept_script

    script = kept_script()
    Path(config["site_dir"], script.name).write_text(script.content, "utf-8", newline="\n")
