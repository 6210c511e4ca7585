"""Check everything and write the site: `make build`.

The rules run in one process while MkDocs runs in another and writes to a new folder. That folder replaces the old site
if no rule reports a problem. A problem ends MkDocs at once, and only the problems are printed.
"""

import argparse
import logging
import sys
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import cast

from guide.checking import check_project
from guide.commands.output_folder import readable_by_servers, site_folder
from guide.commands.progress import progress
from guide.engine.processes import all_beside


@dataclass
class Result:
    """What a build did.

    Attributes:
        problems: The problems, one per line; none if the site was written.
        pages: The number of its pages.
        embeds: The number of its embeds.
        handouts: The number of its PDFs.
    """

    problems: list[str] = field(default_factory=list)
    pages: int = 0
    embeds: int = 0
    handouts: int = 0

    def __str__(self) -> str:
        """Return what was written, in words."""
        handouts = f", {self.handouts:,} PDFs" if self.handouts else ""
        return f"{self.pages:,} pages, {self.embeds:,} embeds{handouts}"


def build(root: Path, site: Path) -> Result:
    """Build a project.

    Args:
        root: The folder that holds mkdocs.yml, docs/ and data/.
        site: The folder to write. It doesn't change if anything is wrong.

    Raises:
        OSError: The system has an error, such as a full disk.
        Refused: What is at the path of the site can't be replaced.
    """
    folder = site_folder(site)
    with progress("Checking and building"), folder.replacement() as fresh:
        # Each reads the project for itself, so that its memory is freed when it ends.
        with all_beside(partial(check_project, root), partial(_run_mkdocs, root, fresh)) as (rules, engine):
            problems = [str(problem) for problem in rules.result()]
            result: Result = Result(problems) if problems else engine.result()
        if not result.problems:
            folder.publish(fresh)
    return result


class _Steps(logging.Handler):
    """Reports the number of pages that MkDocs has read and written."""

    NAMES = {"Reading: ": "Reading pages", "Building page ": "Writing pages"}

    def __init__(self, pages: int) -> None:
        super().__init__(logging.DEBUG)
        self._pages = pages
        self._counts = dict.fromkeys(self.NAMES, 0)

    def emit(self, record: logging.LogRecord) -> None:
        start = next((start for start in self.NAMES if record.getMessage().startswith(start)), None)
        if start:
            self._counts[start] += 1
            text = "%s: %d of %d"
            logging.getLogger("guide").info(text, self.NAMES[start], self._counts[start], self._pages)


def _run_mkdocs(root: Path, site: Path) -> Result:
    import mkdocs
    from click import ClickException
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config

    from guide.engine.plugin import GuidePlugin
    from guide.engine.steps import Messages
    from guide.outputs.embeds import Embeds

    messages = Messages()
    # Its successor writes to a logger of its own name.
    logging.getLogger(mkdocs.__name__).addHandler(messages)
    steps = logging.getLogger(f"{mkdocs.__name__}.commands.build")
    steps.addHandler(_Steps(sum(1 for _ in (root / "docs").rglob("*.md"))))
    steps.setLevel(logging.DEBUG)
    result = Result(messages.lines)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(site), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        with readable_by_servers():
            build_site(config)
        config.plugins.on_shutdown()
    except ClickException as error:
        result.problems = messages.lines or [error.format_message()]
    except SystemExit as error:
        result.problems = messages.lines or [str(error)]
    except OSError:
        raise
    except Exception as error:
        # MkDocs's messages before the crash belong to the traceback.
        for line in messages.lines:
            error.add_note(line)
        raise
    else:
        rendered = cast(GuidePlugin, config.plugins["guide"]).site
        result.pages = len(rendered.pages)
        result.embeds = len(rendered.once(Embeds).all)
        result.handouts = sum(1 for _ in site.rglob("*.pdf"))
    return result


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--site", type=Path, help="the folder to write (default: site/ in the root)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site = options.site or root / "site"
    start = time.monotonic()
    result = build(root, site)
    for problem in result.problems:
        print(problem, file=sys.stderr)
    if result.problems:
        count = len(result.problems)
        print(f"{count} problem{'' if count == 1 else 's'}; site not written.", file=sys.stderr)
        return 1
    print(f"{site}: {result}, written in {time.monotonic() - start:.1f} seconds.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
