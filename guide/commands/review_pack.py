"""Write what a clinician needs to review a page: `make review-pack PAGE=care/first-day`."""

import argparse
import sys
from pathlib import Path

from guide.model.problems import nearest
from guide.outputs.review_pack import Pack
from guide.reading.yaml_nodes import compose
from guide.rendering.project import FAILS, Project, read_project

ROOT = Path(__file__).parents[2]
FOLDER = "review-packs"


def site_name(project: Project) -> str:
    """Return the name of the guide, as mkdocs.yml has it."""
    node, _ = compose("mkdocs.yml", (project.root / "mkdocs.yml").read_text("utf-8"), records=False)
    names = [value.value for key, value in node.value if key.value == "site_name"] if node is not None else []
    return str(names[0]) if names else project.guide.settings.publisher


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if nothing was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds mkdocs.yml")
    parser.add_argument("--no-pdf", action="store_true", help="write the file to fill in only")
    parser.add_argument("page", help="its path in docs/, such as treatment/medication")
    options = parser.parse_args(arguments)
    project = read_project(options.root.resolve())
    path = f"{options.page.removeprefix('docs/').removesuffix('.md')}.md"
    wrong = _refused(project, path)
    if wrong:
        print(wrong, file=sys.stderr)
        return 1
    try:
        pack = Pack(project.guide, project.pages[path], site_name(project), project.language)
    except FAILS:
        print(f"docs/{path}:1: the page can't be shown. Run make check, and fix it first. [review]", file=sys.stderr)
        return 1
    folder = project.root / FOLDER
    folder.mkdir(exist_ok=True)
    files = {folder / f"{pack.file_name}.html": pack.html().encode("utf-8")}
    if not options.no_pdf:
        files[folder / f"{pack.file_name}.pdf"] = pack.pdf()
    for file, content in files.items():
        file.write_bytes(content)
        print(f"Wrote {file.relative_to(project.root)}.", file=sys.stderr)
    print(f"{pack.count} passages. Send it, and read what comes back: make review-read FILE=...", file=sys.stderr)
    return 0


def _refused(project: Project, path: str) -> str:
    """Return why there is no pack of a page; "" if there can be one."""
    if project.problems:
        return "\n".join([*map(str, project.problems), "Nothing written."])
    if path not in project.pages:
        remedy = nearest(path, project.pages) or "Name a page by its path in docs/, such as care/first-day."
        return f'There is no page "{path}". {remedy} [review]'
    site = project.guide.site
    if site and path.partition("/")[0] in site.plain_sections:
        return f"docs/{path}:1: the page speaks of the guide itself. Name a page that patients read. [review]"
    return ""


if __name__ == "__main__":
    sys.exit(main())
