"""Check everything and write the site: `make build`.

The rules run in one process while MkDocs runs, strict, in another, into a new folder that takes the old site's place
when it is whole and no rule has a problem. A problem ends MkDocs at once, and only the problems are said.
"""

import argparse
import logging
import os
import shutil
import sys
from functools import partial
from pathlib import Path

from macros.beside import Beside, Failed
from macros.checks import check_project


def build(root: Path, site: Path) -> list[str]:
    """Build a project.

    Args:
        root: The folder that holds mkdocs.yml, docs/ and data/.
        site: The folder to write; it is left as it was if anything is wrong.

    Returns:
        What is wrong, a line each; empty if the site was written.
    """
    fresh = site.with_name(f".{site.name}-{os.getpid()}")
    # Both read for themselves: whatever one of them holds is gone when it ends.
    rules = Beside(partial(check_project, root))
    engine = Beside(partial(_run_mkdocs, root, fresh))
    try:
        messages = [str(problem) for problem in rules.result()] or engine.result()
        if not messages:
            _replace(site, fresh)
    except Failed as failure:
        messages = str(failure).splitlines()
    finally:
        rules.stop()
        engine.stop()
        shutil.rmtree(fresh, ignore_errors=True)
    return messages


class _Messages(logging.Handler):
    """Keeps warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def _run_mkdocs(root: Path, site: Path) -> list[str]:
    from click import ClickException
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config

    messages = _Messages()
    logging.getLogger("mkdocs").addHandler(messages)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(site), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build_site(config)
        config.plugins.on_shutdown()
    except ClickException as error:
        messages.lines = messages.lines or [error.format_message()]
    except SystemExit as error:
        messages.lines = messages.lines or [str(error)]
    finally:
        logging.getLogger("mkdocs").removeHandler(messages)
    return messages.lines


def _replace(site: Path, fresh: Path) -> None:
    old = site.with_name(f".{site.name}-old-{os.getpid()}")
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--site", type=Path, help="the folder to write (default: site/ in the root)")
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    site = (options.site or root / "site").resolve()
    messages = build(root, site)
    for message in messages:
        print(message, file=sys.stderr)
    if messages:
        print(f"{len(messages)} to mend; the site was not written.", file=sys.stderr)
    return 1 if messages else 0


if __name__ == "__main__":
    sys.exit(main())
