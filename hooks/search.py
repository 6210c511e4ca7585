"""MkDocs events: makes the worker that answers searches, and an empty index for the theme's script to fetch."""

from typing import Any

from mkdocs.plugins import event_priority

# The theme's script hands this to the worker, which has an index of its own.
EMPTY = '{"config":{"lang":["en"],"separator":" ","pipeline":[],"fields":{}},"docs":[]}'


def on_files(files: Any, **_: Any) -> Any:
    """Keep the source of the worker out of the site."""
    for file in [file for file in files if file.src_uri.startswith("assets/search/")]:
        files.remove(file)
    return files


@event_priority(-100)
def on_env(env: Any, config: Any, files: Any, **_: Any) -> Any:
    """Make the worker when the text of every page is there, and before any page is written."""
    from mkdocs.structure.files import File

    from macros.search import search_pages, worker

    extra = config["extra"]
    pages = search_pages(extra["guide_pages"])
    asset = worker(extra["guide"], pages, config["theme"]["language"], [extra["no_script_search"]])
    env.globals["guide"].search = asset.name
    files.append(File.generated(config, asset.name, content=asset.content))
    files.append(File.generated(config, "search/search_index.json", content=EMPTY))
    return env
