"""MkDocs events: gives every page its policy, and hosts what they need to serve the site."""

from pathlib import Path
from typing import Any


def on_env(env: Any, config: Any, **_: Any) -> Any:
    """Remember which scripts the theme's templates load."""
    from macros.kept import kept_script

    extra = config["extra"]
    builder = extra["guide_embeds"].builder_script
    extra["guide_scripts"] = [extra["guide_script"], kept_script().name, builder.name]
    return env


def on_post_page(output: str, config: Any, **_: Any) -> str:
    """Write the page's policy into it, when everything else has.

    Raises:
        PluginError: The page holds a script that is not the theme's.
    """
    from mkdocs.exceptions import PluginError

    from macros.policy import refuse_foreign_scripts, sealed

    extra = config["extra"]
    try:
        refuse_foreign_scripts(output, extra["guide_inline"], extra["guide_scripts"])
    except ValueError as error:
        raise PluginError(str(error)) from None
    return sealed(output, extra["guide_inline"])


def on_post_template(output_content: str, template_name: str, config: Any, **_: Any) -> str:
    """Do the same for pages without a place in docs/."""
    return on_post_page(output_content, config) if template_name.endswith(".html") else output_content


def on_post_build(config: Any, **_: Any) -> None:
    """Write the files by which static hosts learn headers and redirects.

    Raises:
        PluginError: A name can't be listed there.
    """
    from mkdocs.exceptions import PluginError

    from macros.hosting import Hosting, UnsafeName

    extra, site = config["extra"], Path(config["site_dir"])
    # The engine's own: no page or program asks for it, and servers would take it for a compressed copy of the sitemap.
    (site / "sitemap.xml.gz").unlink(missing_ok=True)
    try:
        Hosting.of_guide(extra["guide"], site, extra["guide_inline"]).write()
    except UnsafeName as error:
        raise PluginError(str(error)) from None
