"""MkDocs events: makes a bare version of every page and part, for other sites to show."""

from typing import Any


def on_files(files: Any, **_: Any) -> Any:
    """Keep the sources of the embeds' own style sheets and scripts out of the site."""
    for file in [file for file in files if file.src_uri.startswith("assets/embed/")]:
        files.remove(file)
    return files


def on_nav(nav: Any, config: Any, **_: Any) -> Any:
    """Remember the pages in the order of the navigation."""
    config["extra"]["guide_pages"] = nav.pages
    return nav


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
