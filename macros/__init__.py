"""What pages can call, one folder per component; and the integration with mkdocs-macros, which hands us the pages."""

import logging
from pathlib import Path
from typing import Any

PLAIN = (
    "MkDocs alone doesn't run the guide's rules, keep the old site if something is wrong, or update only what changed: "
    "use `make build` or `make serve` for that."
)
"""What a plain `mkdocs build` or `mkdocs serve` leaves out."""


def define_env(env: Any) -> None:
    """Read data/ once a build, and replace the plugin's rendering of pages by ours.

    The plugin's own template engine renders nothing: `render` returns the page with a token in place of each call,
    Markdown runs with the extensions that the checker uses, and `GuidePlugin` replaces the tokens afterwards.

    Args:
        env: The plugin.

    Raises:
        PluginError: data/ or a page cannot be published. `make build` says all of it before it comes to this.
    """
    import mkdocs
    from mkdocs.exceptions import PluginError

    from guide.engine.plugin import Build, GuidePlugin
    from guide.model.problems import DataError
    from guide.reading.page_html import EXTENSIONS
    from guide.reading.records import load_guide

    config = env.conf
    # `make serve` has a plugin with what it has read already.
    if "guide" not in config.plugins:
        try:
            guide = load_guide(Path(env.project_dir, "data"))
        except DataError as error:
            raise PluginError(f"data/ cannot be published:\n{error}") from None
        config.plugins["guide"] = GuidePlugin(Build(guide))
        # Seen where MkDocs runs by itself: our commands show nothing that is only said, and no warning.
        logging.getLogger(f"{mkdocs.__name__}.plugins.guide").info(PLAIN)
    plugin = config.plugins["guide"]
    # The address of the site has one home, and is not the engine's configuration.
    config["site_url"] = plugin.build.guide.settings.address
    config["markdown_extensions"] = [*EXTENSIONS, plugin.build.converter]
    config["mdx_configs"] = EXTENSIONS
    env.render = lambda markdown, force_rendering=False: plugin.read(markdown, env.page, config)
    # Titles are text: the plugin renders one that looks like a template.
    env.has_j2 = lambda text: False
