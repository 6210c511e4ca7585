"""What the bench builds: a guide many times over, and its twin without macros, hooks and templates of ours."""

import shutil
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load

from guide.reading.calls import TOKEN, Call, CallText, Stray
from guide.reading.page_html import EXTENSIONS
from guide.reading.pages import Page, read_pages
from guide.reading.records import load_guide
from guide.rendering.page import PageRenderer

# What other sites and programs read: the plain twin writes nothing like it.
OUTPUTS = ("hooks/embeds.py", "hooks/beside.py", "hooks/handouts.py")


def write_copies(root: Path, target: Path, times: int, *, whole: bool = True) -> None:
    """Write a project with every page of another one several times over, and its data once.

    A copy has its own folder, titles, descriptions and navigation. Links are relative, so they stay inside it.

    Args:
        root: The project copied.
        target: A new folder.
        times: How many times as many pages.
        whole: With what other sites and programs read, or pages alone.
    """
    docs = target / "docs"
    shutil.copytree(root / "docs", docs)
    shutil.copytree(root / "data", target / "data")
    settings = _settings(root)
    navigation = settings["nav"]
    entries = list(navigation)
    pages, _ = read_pages(root / "docs")
    others = [path for path in sorted((root / "docs").rglob("*")) if path.is_file() and path.suffix != ".md"]
    for number in range(2, times + 1):
        folder, mark = f"copy-{number}", f"(copy {number})"
        for path in others:
            shutil.copy(path, _made(docs / folder / path.relative_to(root / "docs")))
        for page in pages.values():
            description = f"{_front(page)['description'][:150].rstrip(' .')} {mark}."
            text = _head(page, description=description) + _retitled(page, mark)
            _made(docs / folder / page.path).write_text(text, "utf-8")
        entries.append({mark: [_moved(entry, folder, mark) for entry in navigation]})
    settings["theme"]["custom_dir"] = str(root / settings["theme"]["custom_dir"])
    module = settings["plugins"]["macros"]["module_name"]
    settings["plugins"]["macros"]["module_name"] = str(root / module)
    settings["nav"] = entries
    _write_settings(target, settings)


def write_twin(root: Path, target: Path) -> None:
    """Write the same pages with their calls already replaced by HTML, for stock Material without anything of ours.

    Args:
        root: The guide.
        target: A new folder.
    """
    settings = _settings(root)
    shutil.copytree(root / "docs", target / "docs")
    guide = load_guide(root / "data")
    for page in read_pages(root / "docs")[0].values():
        renderer = PageRenderer(guide, page.path, settings["theme"]["language"])
        _made(target / page.shown).write_text(_head(page) + _spelled_out(renderer, page.text), "utf-8")
    del settings["theme"]["custom_dir"], settings["plugins"]["macros"]
    settings["markdown_extensions"] = [{name: options} for name, options in EXTENSIONS.items()]
    # Stock Material has a search.
    settings["plugins"]["search"] = {}
    # The guide's navigation shows the branch of the page and no other; so must the twin's.
    settings["theme"]["features"] = [*settings["theme"].get("features", []), "navigation.prune"]
    _write_settings(target, settings)


def _spelled_out(renderer: PageRenderer, text: CallText) -> str:
    """Return a page's Markdown with the HTML of each call on one line, which no indentation can break."""
    written = TOKEN.sub(lambda token: _shown(renderer, text.tokens[token[0]]), text.text)
    if not renderer.cited:
        return written
    return f"{written}\n\n## {renderer.words['sources']}\n\n{' '.join(renderer.source_list().split())}\n"


def _shown(renderer: PageRenderer, found: Call | Stray) -> str:
    # Only a page that shows braces in code has others.
    return " ".join(renderer.call(found).split()) if isinstance(found, Call) else found.written


def _front(page: Page) -> dict[str, Any]:
    return page.front.model_dump(exclude_unset=True) if page.front else {}


def _head(page: Page, **changes: Any) -> str:
    front = yaml.safe_dump({**_front(page), **changes}, sort_keys=False, allow_unicode=True, width=1000)
    return f"---\n{front}---\n"


def _retitled(page: Page, mark: str) -> str:
    line = next(line for level, _, line in page.headings if level == 1) - page.body_start
    lines = page.body.split("\n")
    lines[line] += f" {mark}"
    return "\n".join(lines)


def _moved(entry: Any, folder: str, mark: str) -> Any:
    """Give an entry of the navigation for a copy."""
    if isinstance(entry, str):
        return f"{folder}/{entry}"
    if isinstance(entry, list):
        return [_moved(inner, folder, mark) for inner in entry]
    return {f"{title} {mark}": _moved(inner, folder, mark) for title, inner in entry.items()}


def _settings(root: Path) -> dict[str, Any]:
    """Read mkdocs.yml, with what it inherits."""
    with (root / "mkdocs.yml").open("rb") as file:
        return yaml_load(file)


def _write_settings(target: Path, settings: dict[str, Any]) -> None:
    _made(target / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), "utf-8")


def _made(path: Path) -> Path:
    """Give a path whose folder is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
