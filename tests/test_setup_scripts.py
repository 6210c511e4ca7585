"""What `make` installs: said, with its size, before it is done; whichever Chromium is there is taken."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.factories import ROOT

TOOLS = ("cat", "chmod", "dirname", "env", "grep", "sh")
APT = """#!/bin/sh
echo "apt-get $*"
case "$*" in
*--assume-no*) printf 'Need to get 117 MB of archives.\\nAfter this operation, 476 MB will be used.\\n'; exit 1 ;;
*--yes*) [ ! -e "$0.fails" ] || exit 100; printf '#!/bin/sh\\n' >"${0%/*}/chromium-headless-shell"
    chmod +x "${0%/*}/chromium-headless-shell" ;;
esac
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The programs of a bare machine, of which this user is root."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (programs / tool).symlink_to(found)
    program(programs, "id", "#!/bin/sh\necho 0\n")
    return programs


def program(programs: Path, name: str, text: str = "#!/bin/sh\n") -> None:
    (programs / name).write_text(text)
    (programs / name).chmod(0o755)


def find_chromium(programs: Path, **names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts/chromium.sh"],
        env={"PATH": str(programs), **names},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"])
def test_any_chromium_is_taken_and_nothing_is_installed(machine: Path, name: str) -> None:
    program(machine, "apt-get", APT)
    program(machine, name)
    done = find_chromium(machine)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{machine / name}\n", "")


def test_named_chromium_is_taken_before_any_other(machine: Path) -> None:
    program(machine, "chromium-headless-shell")
    program(machine, "mine")
    assert find_chromium(machine, GUIDE_CHROMIUM=str(machine / "mine")).stdout == f"{machine / 'mine'}\n"


def test_name_and_size_are_said_before_anything_is_installed(machine: Path) -> None:
    program(machine, "apt-get", APT)
    done = find_chromium(machine)
    assert (done.returncode, done.stdout) == (0, f"{machine / 'chromium-headless-shell'}\n")
    lines = done.stderr.splitlines()
    installs = next(number for number, line in enumerate(lines) if "--yes" in line)
    said = lines[:installs]
    assert "chromium-headless-shell fonts-liberation" in said[0]
    assert "GUIDE_CHROMIUM" in said[0]
    assert "Need to get 117 MB of archives." in said
    assert "After this operation, 476 MB will be used." in said


def test_what_cannot_be_installed_is_said(machine: Path) -> None:
    program(machine, "apt-get", APT)
    (machine / "apt-get.fails").touch()
    done = find_chromium(machine)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "apt-get could not install Chromium; it says why above."


@pytest.mark.parametrize("apt", [True, False])
def test_without_the_right_to_install_it_says_what_to_do(machine: Path, apt: bool) -> None:
    program(machine, "id", "#!/bin/sh\necho 1000\n")
    if apt:
        program(machine, "apt-get", APT)
    done = find_chromium(machine)
    assert (done.returncode, done.stdout) == (1, "")
    assert "apt-get install chromium-headless-shell" in done.stderr
    assert "apt-get -qq" not in done.stderr


def test_set_up_says_how_much_it_installs(machine: Path, tmp_path: Path) -> None:
    """With a Python that stops where packages would be fetched."""
    root = tmp_path / "project"
    (root / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts/setup.sh", root / "scripts")
    (root / "requirements.lock").write_text("# Written by make lock\na-pool==1.0 \\\n    --hash=sha256:0\nb==2\n")
    for tool in ("cksum", "rm"):
        (machine / tool).symlink_to(str(shutil.which(tool)))
    program(machine, "python3", '#!/bin/sh\ncase "$*" in *version_info*:2*) echo 3.11 ;; "-m venv"*) exit 9 ;; esac\n')
    done = subprocess.run(
        [root / "scripts/setup.sh"], env={"PATH": str(machine)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 9
    assert (
        done.stderr == "Setting up .venv with Python 3.11, once: 2 packages, some 600 MB on the disk, a minute or so.\n"
    )
