"""MkDocs events: writes the worker that keeps a copy of the guide for those who ask for it."""

from pathlib import Path
from typing import Any


def on_post_build(config: Any, **_: Any) -> None:
    """Write it when the site is whole, at its root: it holds a fingerprint of every file."""
    from macros.offline import OFFLINE, offline_worker

    site = Path(config["site_dir"])
    worker = offline_worker(config["extra"]["guide"], site, config["theme"]["language"])
    Path(site, OFFLINE).write_text(worker, "utf-8", newline="\n")
