"""MkDocs events: makes a bare version of every page and part, for other sites to show."""

from typing import Any


def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Make the embeds when the text of every page is there, and before any page is written."""
    from macros.embeds import Embeds, full_pages, version

    extra = config["extra"]
    env.globals["guide"].embeds = extra["guide_embeds"] = Embeds(
        guide=extra["guide"],
        pages=full_pages(extra["guide_pages"]),
        address=config["site_url"],
        name=config["site_name"],
        version=version(),
        language=config["theme"]["language"],
    )
    return env
