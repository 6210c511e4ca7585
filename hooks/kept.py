"""MkDocs events: writes the script of the page where readers see and remove what their browser keeps."""

from pathlib import Path
from typing import Any


def on_files(files: Any, **_: Any) -> Any:
    """Keep its source out of the site."""
    for file in [file for file in files if file.src_uri.startswith("assets/kept/")]:
        files.remove(file)
    return files


def on_post_build(config: Any, **_: Any) -> None:
    """Write it beside the pages."""
    from macros.kept import kept_script

    script = kept_script()
    Path(config["site_dir"], script.name).write_text(script.content, "utf-8", newline="\n")
