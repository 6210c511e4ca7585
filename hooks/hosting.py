"""MkDocs events: gives every page its policy, and hosts what they need to serve the site."""

from pathlib import Path
from typing import Any


def on_post_page(output: str, **_: Any) -> str:
    """Write the page's policy into it, when everything else has."""
    from macros.policy import Inline, sealed

    return sealed(output, Inline.of(output))


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Do the same for pages without a place in docs/."""
    return on_post_page(output_content) if template_name.endswith(".html") else output_content


def on_post_build(config: Any, **_: Any) -> None:
    """Write the files by which static hosts learn headers and redirects."""
    from macros.hosting import Hosting

    Hosting.of_guide(config["extra"]["guide"], Path(config["site_dir"])).write()
