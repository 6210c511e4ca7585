"""MkDocs events: makes the scripts of the search, which load when somebody opens it."""

from typing import Any

from mkdocs.plugins import event_priority


@event_priority(-100)
def on_env(env: Any, config: Any, files: Any, **_: Any) -> Any:
    """Make the scripts when the text of every page is there, and before any page is written."""
    from mkdocs.structure.files import File

    from macros.search import answers_script, results_script, search_pages

    extra = config["extra"]
    pages = search_pages(extra["guide_pages"])
    scripts = {
        "answers": answers_script(extra["guide"], pages, config["theme"]["language"], [extra["no_script_search"]]),
        "results": results_script(),
    }
    env.globals["guide"].search = {name: script.name for name, script in scripts.items()}
    for script in scripts.values():
        files.append(File.generated(config, script.name, content=script.content))
    return env
