"""Writes the projects that the bench builds: a guide many times over, and its plain twin without anything of ours."""

import re
import shutil
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load

from guide.reading.calls import TOKEN, Call
from guide.reading.page_html import EXTENSIONS
from guide.reading.pages import Page, read_pages
from guide.reading.records import load_guide
from guide.rendering.page import PageRenderer


def write_copies(root: Path, target: Path, times: int) -> None:
    """Write a project with every page of another one several times over, and its data once.

    A copy has its own folder, titles, descriptions and navigation. Links are relative, so they stay inside it.

    Args:
        root: The project copied.
        target: A new folder.
        times: How many times as many pages.
    """
    shutil.copytree(root / "docs", target / "docs")
    shutil.copytree(root / "data", target / "data")
    settings = _settings(root)
    navigation = settings["nav"]
    pages, _ = read_pages(root / "docs")
    for number in range(2, times + 1):
        folder, mark = f"copy-{number}", f"(copy {number})"
        shutil.copytree(root / "docs", target / "docs" / folder)
        for page in pages.values():
            description = f"{_front_matter(page)['description'][:150].rstrip(' .')} {mark}."
            line = next(line for level, _, line in page.headings if level == 1) - page.body_start
            lines = page.body.split("\n")
            lines[line] += f" {mark}"
            text = _head(page, description=description) + "\n".join(lines)
            (target / "docs" / folder / page.path).write_text(text, "utf-8")
        settings["nav"] = [*settings["nav"], {mark: [_moved(entry, folder, mark) for entry in navigation]}]
    settings["theme"]["custom_dir"] = str(root / settings["theme"]["custom_dir"])
    macros = settings["plugins"]["macros"]
    macros["module_name"] = str(root / macros["module_name"])
    _write_settings(target, settings)
    # A record is shown in full on its own page, and else only in sections such as these.
    about = target / "data/site.yaml"
    written = yaml.safe_load(about.read_text("utf-8"))
    written["plain_sections"] = [*written.get("plain_sections", []), *(f"copy-{each}" for each in range(2, times + 1))]
    about.write_text(yaml.safe_dump(written, sort_keys=False, allow_unicode=True), "utf-8")


def write_twin(root: Path, target: Path) -> None:
    """Write the same pages with their calls already replaced by HTML, for stock Material with its search.

    Args:
        root: The guide.
        target: A new folder.
    """
    settings = _settings(root)
    shutil.copytree(root / "docs", target / "docs")
    guide = load_guide(root / "data")
    for page in read_pages(root / "docs")[0].values():
        renderer = PageRenderer(guide, page.path, settings["theme"]["language"])
        (target / page.shown).write_text(_head(page) + _without_calls(page, renderer), "utf-8")
    del settings["theme"]["custom_dir"], settings["plugins"]["macros"]
    # Stock Markdown has no anchors in front matter.
    settings["markdown_extensions"] = [*({name: options} for name, options in EXTENSIONS.items()), "attr_list"]
    settings["plugins"]["search"] = {}
    # Like the guide's, the navigation shows no branch but the page's own.
    settings["theme"]["features"] = [*settings["theme"].get("features", []), "navigation.prune"]
    _write_settings(target, settings)


def _without_calls(page: Page, renderer: PageRenderer) -> str:
    """Return a page's Markdown with the HTML of each call on one line, which no indentation can break."""

    def replaced(token: str) -> str:
        call = page.text.tokens[token]
        # Those in code, and other braces, are shown as they are written.
        runs = isinstance(call, Call) and any(call is each for each in page.calls)
        return " ".join(renderer.html(renderer.call(call)).split()) if runs else call.written  # type: ignore[arg-type]

    text = TOKEN.sub(lambda token: replaced(token[0]), page.text.text)
    for anchor, heading in page.anchors.items():
        text = re.sub(rf"^#+ {re.escape(heading)}$", rf"\g<0> {{ #{anchor} }}", text, flags=re.MULTILINE)
    if not renderer.cited:
        return text
    return f"{text}\n\n## {renderer.words['sources']}\n\n{' '.join(renderer.html(renderer.source_list()).split())}\n"


def _front_matter(page: Page) -> dict[str, Any]:
    return page.front.model_dump(exclude_unset=True) if page.front else {}


def _head(page: Page, **changes: Any) -> str:
    front = yaml.safe_dump({**_front_matter(page), **changes}, sort_keys=False, allow_unicode=True, width=1000)
    return f"---\n{front}---\n"


def _moved(entry: Any, folder: str, mark: str) -> Any:
    """Return an entry of the navigation for a copy."""
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
    text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)
    (target / "mkdocs.yml").write_text(text, "utf-8")
