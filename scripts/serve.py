"""Show the guide in a browser and follow every edit: `make serve`.

Each change of a page, of data or of code builds the site in a process of its own, so that code is always fresh. While
something is wrong, every address shows the problems; when it is mended, the browser comes back by itself.
"""

import argparse
import html
import logging
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

WATCHED = ["docs", "data", "macros", "hooks", "overrides", "mkdocs.yml"]
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body><main><h1>{title}</h1><p>The page comes back by itself when this is mended.</p>
<ul>
{items}
</ul></main></body>
</html>"""


_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')


class Server(LiveReloadServer):
    """Serves the last build, or what is wrong with it."""

    def __init__(self, root: Path, host: str, port: int, folder: Path) -> None:
        super().__init__(self.build, host, port, root=str(folder / "none"))
        self.project = root
        self.site = folder / "site"
        self.messages: list[str] = []
        self.error_handler = self.problems_page
        for name in WATCHED:
            path = root / name
            if path.exists():
                self.watch(str(path))

    def build(self) -> None:
        """Build in a process of its own, and choose what to serve."""
        command = [sys.executable, "-m", "scripts.build", "--root", str(self.project), "--site", str(self.site)]
        done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)  # noqa: S603
        self.messages = done.stderr.splitlines() if done.returncode else []
        self.root = str(self.site.with_name("none") if self.messages else self.site)
        print("\n".join(self.messages) or "Built.", file=sys.stderr, flush=True)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Add the engine's script, which asks for changes; its text differs each time, so no policy could name it."""
        return _POLICY.sub(b"", super()._inject_js_into_html(content, epoch))  # type: ignore[no-untyped-call]

    def problems_page(self, code: int) -> bytes | None:
        """Give the page that stands for every address while something is wrong, else the site's own 404 page."""
        if not self.messages:
            missing = self.site / "404.html"
            content = missing.read_bytes() if missing.is_file() else None
        else:
            items = "\n".join(f"<li>{html.escape(message)}</li>" for message in self.messages)
            content = PAGE.format(title="The guide cannot be shown yet", items=items).encode()
        return content and self._inject_js_into_html(content, self._visible_epoch)


def main(arguments: list[str] | None = None) -> int:
    """Run the command until it is interrupted."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the folder that holds mkdocs.yml")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(arguments)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(options.root.resolve(), "127.0.0.1", options.port, Path(folder))
        server.build()
        print(f"The guide is at {server.url} (stop with Ctrl+C).", file=sys.stderr, flush=True)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            server.shutdown(wait=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
