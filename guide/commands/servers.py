"""Runs Caddy and nginx on this machine, for tests and measurements.

The configurations are those of deploy/, with other paths and another port.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

SERVERS = ("caddy", "nginx")
CODE = Path(__file__).parents[2]
_TIMEOUT = 10
"""Seconds within which a server has to answer."""


@cache
def programs() -> dict[str, str]:
    """Return the path of each server, and install those that are missing.

    Raises:
        CalledProcessError: That isn't possible; standard error says why.
    """
    done = subprocess.run([CODE / "scripts/servers.sh"], stdout=subprocess.PIPE, text=True, check=True, timeout=300)  # noqa: S603
    return dict(zip(SERVERS, done.stdout.split(), strict=True))


def free_port() -> int:
    """Return a free port of the loopback interface."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Return whether a server listens on a port of the loopback interface."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(kind: str, site: Path, folder: Path) -> Iterator[int]:
    """Run a server.

    Args:
        kind: One of `SERVERS`.
        site: The site that it serves. The output of `make host` is next to it, as on a real server.
        folder: An empty folder for files that the server writes.

    Yields:
        Its port.

    Raises:
        RuntimeError: The server does not start.
    """
    port = free_port()
    prepare = _caddy if kind == "caddy" else _nginx
    command, names = prepare(programs()[kind], site, folder, port)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | names)  # noqa: S603
        try:
            end = time.monotonic() + _TIMEOUT
            while not answers(port):
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"{kind} does not start:\n{(folder / 'log').read_text()}")
                time.sleep(0.1)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def _caddy(program: str, site: Path, folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    """Return the command and its environment. The configuration is that of deploy/, without the admin port."""
    own = (CODE / "deploy/Caddyfile").read_text()
    (folder / "Caddyfile").write_text(own.replace("{\n\tservers", "{\n\tadmin off\n\tservers", 1))
    names = {"GUIDE_ADDRESS": f"http://127.0.0.1:{port}", "GUIDE_SITE": str(site), "GUIDE_HOST": f"{site}-host"}
    names |= {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    return [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"], names


def _nginx(program: str, site: Path, folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    """Return the command and its environment. The configuration around that of deploy/ is like Debian's."""
    own = (CODE / "deploy/nginx.conf").read_text()
    own = own.replace("/srv/guide/site", str(site)).replace("listen 80", f"listen 127.0.0.1:{port}")
    (folder / "guide.conf").write_text(own)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = next(path for parent in Path(program).parents if (path := parent / "etc/nginx/mime.types").is_file())
    (folder / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\n{temporary}sendfile on;\ntcp_nopush on;\ngzip on;\n"
        f"include {types};\ndefault_type application/octet-stream;\ninclude {folder}/guide.conf;\n}}\n"
    )
    return [program, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")], {}
