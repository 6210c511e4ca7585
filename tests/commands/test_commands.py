"""How commands end: one true line, never a traceback, the old site whole, nothing left over."""

from __future__ import annotations

import os
import pty
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.outputs.handouts import WANTED
from tests.conftest import run_build
from tests.factories import KILLED_BETWEEN_RENAMES, ROOT, Project, fingerprint, write_project

COMMANDS = sorted(
    path.stem for path in (ROOT / "guide/commands").glob("*.py") if "argparse.Arg" in path.read_text("utf-8")
)
NAMES = ["data", "docs", "mkdocs.yml", "site"]
CRASHED = r"The guide's generator failed; this is not a mistake in your files\. See (\S+) \[internal-error\]\n"

KILLING = f"""{KILLED_BETWEEN_RENAMES}
from guide.commands.build import main

main(sys.argv[1:])
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The good site of a small project, by the content of its files."""
    project = write_project(tmp_path_factory.mktemp("template") / "project")
    assert run_build(project.root, project.site).returncode == 0
    return fingerprint(project.site)


def write_old_site(project: Project) -> Project:
    project.write("site/index.html", "<p>The old site.</p>")
    project.write("site/embed/v1/x.css", ".x {}")
    return project


@pytest.fixture
def built(project: Project) -> Project:
    """A small project with a site of its own that looks different from what a build would write."""
    return write_old_site(project)


def run(name: str, *arguments: object, **names: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", f"guide.commands.{name}", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | names,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def left(project: Project) -> list[str]:
    return sorted(path.name for path in project.root.iterdir())


# A fault of ours


@pytest.mark.parametrize(
    ("command", "error"),
    [*((command, "RuntimeError('the pool is closed')") for command in COMMANDS), ("check", "MemoryError()")],
)
def test_fault_of_ours_is_said_to_be_ours(command: str, error: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        f"import argparse\n\ndef broken(*_, **__):\n    raise {error}\n\nargparse.ArgumentParser.parse_args = broken\n"
    )
    done = run(command, PYTHONPATH=str(tmp_path))
    assert done.returncode == 70
    found = re.fullmatch(CRASHED, done.stderr)
    assert found, done.stderr
    log = Path(found[1]).read_text("utf-8")
    assert "Traceback" in log and error.partition("(")[0] in log and f"guide.commands.{command}" in log
    Path(found[1]).unlink()


def test_fault_of_an_import_is_ours_too(tmp_path: Path) -> None:
    (tmp_path / "argparse.py").write_text("import no_such_module\n")
    done = run("check_addresses", PYTHONPATH=str(tmp_path))
    assert done.returncode == 70
    assert re.fullmatch(CRASHED, done.stderr)


def test_log_goes_elsewhere_or_to_the_screen_where_it_cannot_be_written(tmp_path: Path) -> None:
    code = (
        "import os, sys, tempfile\nfrom guide.commands import command\n"
        "command.__file__ = '/proc/none/guide/commands/command.py'\n"
        "tempfile.tempdir = sys.argv[1]\ncommand.watch()\nnothing\n"
    )
    for folder, where in ((tmp_path, rf"{tmp_path}/crash--c\.log"), ("/proc/none", "the traceback above")):
        done = subprocess.run([sys.executable, "-c", code, folder], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 70
        assert re.search(rf"See {where} \[internal-error\]\n$", done.stderr)
        assert ("NameError" in done.stderr) is (folder != tmp_path)


@pytest.mark.site
@pytest.mark.parametrize("event", ["on_nav(nav, **_)", "on_post_build(**_)"])
def test_crash_of_the_engine_is_ours_and_names_its_signal(built: Project, tmp_path: Path, event: str) -> None:
    before = fingerprint(built.site)
    hook = tmp_path / "hook.py"
    hook.write_text(f"import os, time\n\ndef {event}:\n    os.kill(os.getpid(), 11)\n    time.sleep(20)\n")
    built.replace("mkdocs.yml", "nav:", f"hooks:\n- {hook}\nnav:")
    done = run_build(built.root, built.site)
    assert done.returncode == 70
    found = re.fullmatch(CRASHED, done.stderr)
    assert found, done.stderr
    assert "ended by signal 11 (SIGSEGV)" in Path(found[1]).read_text("utf-8")
    assert fingerprint(built.site) == before
    assert left(built) == NAMES


@pytest.mark.site
def test_mistakes_of_the_author_come_before_a_fault_of_ours(built: Project, tmp_path: Path) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text("import time\n\ndef on_post_build(**_):\n    raise KeyError\n")
    built.replace("mkdocs.yml", "nav:", f"hooks:\n- {hook}\nnav:")
    built.replace("data/comparisons/lessons.yaml", "basis: practice", "basis: habit")
    done = run_build(built.root, built.site)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "1 problem; site not written."


def test_option_that_drops_docstrings_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "guide.commands.build"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (
        1,
        "Python's option -OO drops texts that pages show. Leave it out. [optimize]\n",
    )


# Faults of the system


@pytest.fixture
def small_disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A disk of its own, where one can be had."""
    size = getattr(request, "param", "8m")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        # Since 2026-11-30: people run the tests as themselves too, and then nothing makes a small disk.
        pytest.skip("only root can mount a disk, and not everywhere")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.site
@pytest.mark.parametrize("small_disk", ["8k", "200k", "400k"], indirect=True)
def test_full_disk_is_said_in_one_line(project: Project, small_disk: Path) -> None:
    site = small_disk / "site"
    site.mkdir()
    (site / "index.html").write_text("old")
    done = run_build(project.root, site)
    assert done.returncode == 1
    assert re.fullmatch(
        r"(\S+|What this command writes) can't be written: the disk is full\. Free some space, then run this again\. "
        rf"{site} is unchanged\. \[disk-full\]\n",
        done.stderr,
    ), done.stderr
    assert fingerprint(small_disk).keys() == {"site/index.html"}


@pytest.mark.site
@pytest.mark.parametrize("command", ["build", "host"])
def test_read_only_disk_is_said_in_one_line(built: Project, small_disk: Path, command: str) -> None:
    site = small_disk / "site"
    site.mkdir()
    (site / "index.html").write_text("old")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    done = run(command, "--root", built.root, "--site", site)
    assert done.returncode == 1
    assert re.fullmatch(r"\S+ can't be written: its file system is read-only\. .* \[read-only\]\n", done.stderr)
    assert fingerprint(small_disk).keys() == {"site/index.html"}


@pytest.mark.site
@pytest.mark.parametrize("size", [1_000, 30_000])
def test_limit_of_the_size_of_files_is_said_in_one_line(built: Project, size: int) -> None:
    """As a full disk does, it stops whichever process writes, the children of children too."""
    before = fingerprint(built.site)
    done = subprocess.run(
        [sys.executable, "-m", "guide.commands.build", "--root", built.root],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert done.returncode == 1
    what = r"(\S+/\.site-\d+/\S+|What this command writes)"
    assert re.fullmatch(rf"{what} can't be written: .* {built.site} is unchanged\. \[file-size\]\n", done.stderr)
    assert fingerprint(built.site) == before
    assert left(built) == NAMES


@pytest.mark.site
@pytest.mark.parametrize("bind", [False, True], ids=["another disk", "the same disk"])
def test_mount_point_is_refused_with_a_way_out(built: Project, small_disk: Path, bind: bool) -> None:
    site = small_disk / "mounted"
    site.mkdir()
    (small_disk / "source").mkdir()
    source = ["--bind", small_disk / "source"] if bind else ["-t", "tmpfs", "tmpfs"]
    fault = ("data/comparisons/lessons.yaml", "basis: practice", "basis: habit")
    if not bind:
        # Another disk is known before anything is read.
        built.replace(*fault)
    subprocess.run(["mount", *source, site], check=True)
    try:
        before = fingerprint(site)
        done = run_build(built.root, site)
        assert done.returncode == 1
        inside = site / "site"
        assert done.stderr == (
            f"{site} is a mount point, so it can't be replaced in one step. "
            f'Name a folder inside it: ARGS="--site {inside}". [output-folder]\n'
        )
        assert fingerprint(site) == before
        assert sorted(path.name for path in small_disk.iterdir()) == ["mounted", "source"]
        if not bind:
            built.replace(fault[0], fault[2], fault[1])
            assert run_build(built.root, inside).returncode == 0
    finally:
        subprocess.run(["umount", site], check=True)


@pytest.mark.site
def test_link_to_a_folder_stays_and_leads_to_the_new_site(built: Project, template: dict[str, str]) -> None:
    built.site.rename(built.root / "public")
    built.site.symlink_to("public")
    assert run_build(built.root, built.site).returncode == 0
    assert built.site.is_symlink()
    assert fingerprint(built.root / "public").keys() == template.keys()
    assert left(built) == ["data", "docs", "mkdocs.yml", "public", "site"]


# Stopped


@pytest.mark.parametrize(("first", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 143)])
def test_second_signal_does_not_stop_the_tidying_up(first: str, status: int) -> None:
    code = (
        "import os, signal\nfrom guide.commands import command\ncommand.watch()\n"
        f"try:\n    os.kill(os.getpid(), signal.{first})\n"
        "finally:\n    for number in (2, 15, 1):\n        os.kill(os.getpid(), number)\n    print('tidy')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (status, "tidy\n", "")


@pytest.mark.site
def test_interrupted_rules_and_engine_say_nothing_either(built: Project, tmp_path: Path) -> None:
    hook, reached = tmp_path / "hook.py", tmp_path / "reached"
    hook.write_text(
        "import pathlib, time\n\ndef on_pre_build(**_):\n"
        f"    pathlib.Path({str(reached)!r}).touch()\n    time.sleep(60)\n"
    )
    built.replace("mkdocs.yml", "nav:", f"hooks:\n- {hook}\nnav:")
    before = fingerprint(built.site)
    process = start_build(built)
    while process.poll() is None and not reached.exists():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert (process.returncode, out, errors) == (130, "", "")
    assert fingerprint(built.site) == before
    assert left(built) == NAMES


@pytest.mark.parametrize(("raised", "status"), [("KeyboardInterrupt", 130), ("SystemExit(143)", 143)])
def test_signal_while_python_makes_a_class_says_nothing(raised: str, status: int) -> None:
    program = f"from guide.commands import command\ncommand.watch()\nraise RuntimeError('wrapped') from {raised}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "")


@pytest.mark.site
@pytest.mark.parametrize("tenths", [0, 2, 4, 8])
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_build_says_nothing_and_leaves_nothing(
    built: Project, template: dict[str, str], tenths: int, number: int, status: int
) -> None:
    """At a terminal Ctrl+C reaches every process of the group; `kill` reaches one."""
    before = fingerprint(built.site)
    process = start_build(built)
    time.sleep(tenths / 10)  # a moment of the build, not a time to wait for anything
    (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
    out, errors = process.communicate(timeout=60)
    if process.returncode == 0:
        assert fingerprint(built.site).keys() == template.keys()
    else:
        assert (process.returncode, out, errors) == (status, "", "")
        assert fingerprint(built.site) == before or fingerprint(built.site).keys() == template.keys()
    assert left(built) == NAMES


def start_build(project: Project) -> subprocess.Popen[str]:
    """Start a build, and wait until it handles what stops it: before that, Python itself is starting."""
    process = subprocess.Popen(
        [sys.executable, "-m", "guide.commands.build", "--root", project.root],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while process.poll() is None and not catches(process.pid, signal.SIGTERM):
        time.sleep(0.005)
    return process


def catches(pid: int, number: int) -> bool:
    """Tell whether a process has a handler for a signal."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True
    found = re.search(r"^SigCgt:\s*(\w+)", status, re.MULTILINE)
    return bool(found and int(found[1], 16) >> (number - 1) & 1)


@pytest.mark.site
@pytest.mark.parametrize("tenths", [0, 1, 2, 4, 6, 8, 10])
def test_killed_build_leaves_the_old_site_or_the_new_one(built: Project, template: dict[str, str], tenths: int) -> None:
    before = fingerprint(built.site)
    process = start_build(built)
    time.sleep(tenths / 10)  # a moment of the build, not a time to wait for anything
    process.kill()
    process.communicate(timeout=60)
    after = fingerprint(built.site)
    assert after == before or after.keys() == template.keys()
    # The next command tidies up, whether it has anything to write or not.
    built.replace("data/comparisons/lessons.yaml", "basis: practice", "basis: habit")
    assert run_build(built.root, built.site).returncode == 1
    assert fingerprint(built.site) == after
    assert left(built) == NAMES


NEXT = {
    "build": ("--root", "{root}"),
    "handouts": ("--root", "{root}"),
    "host": ("--root", "{root}"),
    "check_addresses": ("--root", "{root}"),
    "check_release": ("--root", "{root}"),
    "disk_copy": ("--root", "{root}", "--zip", "{root}/x.zip"),
    "embeds_zip": ("--site", "{root}/site", "--zip", "{root}/x.zip"),
    "release": ("--root", "{root}", "--tag", "v0"),
    "serve": ("--root", "{root}", "--port", "{port}"),
}


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A project whose build was killed between two renames, and the old site by the content of its files."""
    project = write_old_site(write_project(tmp_path_factory.mktemp("lost") / "project"))
    before = fingerprint(project.site)
    project.write("CHANGELOG.md", "# Changelog\n")
    done = subprocess.run([sys.executable, "-c", KILLING, "--root", project.root], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not project.site.exists(), "the control: without help there is no site"
    project.replace("data/comparisons/lessons.yaml", "basis: practice", "basis: habit")
    return project.root, before


@pytest.mark.site
@pytest.mark.parametrize("command", NEXT)
def test_site_lost_between_two_renames_is_put_back_by_any_next_command(
    lost: tuple[Path, dict[str, str]], tmp_path: Path, command: str
) -> None:
    """Whatever comes of the command itself."""
    killed, before = lost
    built = Project(Path(shutil.copytree(killed, tmp_path / "project")))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(command, *(part.format(root=built.root, port=port) for part in NEXT[command]))
    assert f"{built.site} is restored" in done.stderr
    after = fingerprint(built.site)
    assert {name: after.get(name) for name in before} == before
    assert not [name for name in left(built) if name.startswith(".site")]


@pytest.mark.site
def test_site_is_readable_for_web_servers_under_a_strict_umask(project: Project) -> None:
    for command in ("build", "host"):
        done = subprocess.run(
            [sys.executable, "-m", f"guide.commands.{command}", "--root", project.root],
            cwd=ROOT,
            capture_output=True,
            text=True,
            umask=0o077,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    for folder in (project.site, project.root / "site-host"):
        paths = [folder, *folder.rglob("*")]
        assert len(paths) > 3
        assert {oct(path.stat().st_mode & 0o777) for path in paths} == {"0o755", "0o644"}
        assert all(path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644) for path in paths)


@pytest.mark.site
def test_host_killed_at_any_moment_leaves_a_whole_site(project: Project) -> None:
    """With all of its compressed copies, or with none."""
    assert run_build(project.root, project.site).returncode == 0
    bare = fingerprint(project.site).keys()
    assert run("host", "--root", project.root).returncode == 0
    whole = fingerprint(project.site).keys()
    assert bare < whole
    for tenths in range(3, 12, 4):
        assert run_build(project.root, project.site).returncode == 0
        process = subprocess.Popen([sys.executable, "-m", "guide.commands.host", "--root", project.root], cwd=ROOT)
        time.sleep(tenths / 10)  # a moment of the command, not a time to wait for anything
        process.kill()
        process.wait()
        assert fingerprint(project.site).keys() in (bare, whole)
    assert run("host", "--root", project.root).returncode == 0
    assert fingerprint(project.site).keys() == whole
    assert left(project) == [*NAMES, "site-host"]


@pytest.mark.site
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends processes with their parent")
def test_host_that_is_killed_leaves_no_process_that_holds_its_folder(project: Project) -> None:
    assert run_build(project.root, project.site).returncode == 0
    code = (
        "import os, signal, sys, time\nfrom guide.commands import host\n"
        "def compress(path):\n    os.kill(os.getppid(), signal.SIGKILL)\n    time.sleep(60)\n"
        "host.compress = compress\nhost.main(['--root', sys.argv[1]])\n"
    )
    # Its output is at an end when none of its processes is left.
    done = subprocess.run(
        [sys.executable, "-c", code, project.root], cwd=ROOT, capture_output=True, check=False, timeout=50
    )
    assert done.returncode == -signal.SIGKILL
    assert any(name.startswith(".site-") for name in left(project)), "the control: it was in the middle of it"
    assert run("host", "--root", project.root).returncode == 0
    assert left(project) == [*NAMES, "site-host"]


# Progress


def on_terminal(*command: object, **names: str) -> str:
    """Run a command at a terminal, and give what it shows there."""
    parent, child = pty.openpty()
    environment = {**os.environ, **names}
    environment.pop("GUIDE_PROGRESS", None)
    process = subprocess.Popen([sys.executable, "-m", *map(str, command)], cwd=ROOT, stderr=child, env=environment)
    os.close(child)
    shown = b""
    while True:
        try:
            more = os.read(parent, 4096)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(parent)
    assert process.wait() == 0
    return shown.decode()


@pytest.mark.site
def test_terminal_shows_each_step_on_one_line_that_is_taken_back(project: Project) -> None:
    shown = on_terminal("guide.commands.build", "--root", project.root)
    for step in ("Checking and building", "Reading pages: 1 of 2", "Reading pages: 2 of 2", "Writing pages: 2 of 2"):
        assert f"\r\x1b[K{step}" in shown
    assert re.search(r"\r\x1b\[K\S+/site: 2 pages, 5 embeds, written in \d+\.\d seconds\.\r\n$", shown)
    assert shown.count("\n") == 1


@pytest.mark.site
def test_elsewhere_each_step_has_a_plain_line(project: Project) -> None:
    done = run_build(project.root, project.site, names={"GUIDE_PROGRESS": "1"})
    assert done.returncode == 0
    assert done.stderr.splitlines()[:-1] == ["Checking and building", "Reading pages", "Writing pages", "Writing files"]


@pytest.mark.site
def test_handouts_are_counted(project: Project) -> None:
    shown = on_terminal("guide.commands.handouts", "--root", project.root, **{WANTED: "1"})
    assert "\r\x1b[KWriting files: 1 of " in shown
    written = re.search(r"2 pages, 5 embeds, (\d+) PDFs, written", shown)
    assert written
    assert int(written[1]) == len(list(project.site.rglob("*.pdf"))) > 0


@pytest.mark.site
def test_host_and_check_show_progress_too(project: Project) -> None:
    assert run_build(project.root, project.site).returncode == 0
    assert "\r\x1b[KCompressing: 1 of " in on_terminal("guide.commands.host", "--root", project.root)
    assert "\r\x1b[KChecking data and pages" in on_terminal("guide.commands.check", "--root", project.root)
