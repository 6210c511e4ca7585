"""MkDocs events: writes PDFs to print, where `make handouts` asks for them."""

import logging
import os
from functools import partial
from pathlib import Path
from typing import Any


def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Tell the theme of them, so that pages link to those that this build writes."""
    from macros.handouts import WANTED, Handouts

    if os.environ.get(WANTED):
        env.globals["guide"].handouts = config["extra"]["guide_handouts"] = Handouts(config["extra"]["guide_embeds"])
    return env


def on_post_build(config: Any, **_: Any) -> None:
    """Write them beside the pages, and report each: it takes a while."""
    if "guide_handouts" in config["extra"]:
        report = partial(logging.getLogger("guide").info, "Printing handouts: %d of %d")
        config["extra"]["guide_handouts"].write(Path(config["site_dir"]), report)
