"""Folders that commands write are the old one or the new one, whole, whatever happens in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from guide.commands import output_folder
from guide.commands.command import Refused
from guide.commands.output_folder import OutputFolder, exchange, readable_by_servers
from tests.factories import KILLED_BETWEEN_RENAMES, ROOT

SIGNS = ("index.html",)
KILLED = f"""{KILLED_BETWEEN_RENAMES}
folder = output_folder.OutputFolder(pathlib.Path(sys.argv[1]), ("index.html",))
with folder.replacement() as fresh:
    (fresh / "index.html").write_text("new")
    folder.publish(fresh)
"""


@pytest.fixture
def folder(tmp_path: Path) -> OutputFolder:
    """A folder that was written before."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old")
    return OutputFolder(site, SIGNS)


def replace(folder: OutputFolder) -> None:
    with folder.replacement() as fresh:
        (fresh / "index.html").write_text("new")
        folder.publish(fresh)


def content(folder: OutputFolder) -> str:
    return (folder.path / "index.html").read_text()


def names(folder: OutputFolder) -> list[str]:
    return sorted(path.name for path in folder.path.parent.iterdir())


@pytest.mark.parametrize("exchanges", [True, False], ids=["exchange", "two renames"])
def test_new_folder_takes_the_place_of_the_old_one(
    folder: OutputFolder, exchanges: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanges:
        monkeypatch.setattr(output_folder, "exchange", lambda *_: False)
    replace(folder)
    assert content(folder) == "new"
    assert names(folder) == ["site"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has renameat2")
def test_linux_exchanges_two_folders_in_one_step(folder: OutputFolder) -> None:
    other = folder.path.with_name("other")
    other.mkdir()
    before = folder.path.stat().st_ino, other.stat().st_ino
    assert exchange(folder.path, other)
    assert (other.stat().st_ino, folder.path.stat().st_ino) == before


def test_what_is_not_published_leaves_nothing(folder: OutputFolder) -> None:
    with pytest.raises(KeyError), folder.replacement() as fresh:
        (fresh / "index.html").write_text("half")
        raise KeyError
    assert content(folder) == "old"
    assert names(folder) == ["site"]


def test_killed_between_two_renames_the_old_folder_comes_back(
    folder: OutputFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, folder.path], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not folder.path.exists(), "the control: without help there is no site"
    folder.recover()
    assert content(folder) == "old"
    assert names(folder) == ["site"]
    assert "is restored" in capsys.readouterr().err


def test_second_rename_that_fails_puts_the_old_folder_back(
    folder: OutputFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if target == folder.path and "-old-" not in self.name:
            raise PermissionError
        return rename(self, target)

    monkeypatch.setattr(output_folder, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(PermissionError):
        replace(folder)
    assert content(folder) == "old"
    assert names(folder) == ["site"]


def test_newest_of_several_old_folders_comes_back(folder: OutputFolder) -> None:
    for number, text in ((3, "older"), (2, "newer")):
        old = folder.path.with_name(f".site-old-{number}")
        old.mkdir()
        (old / "index.html").write_text(text)
        os.utime(old)
    (folder.path / "index.html").unlink()
    folder.path.rmdir()
    folder.recover()
    assert content(folder) == "newer"
    assert names(folder) == ["site"]


def test_leftovers_of_processes_that_ended_are_removed_and_nothing_else(folder: OutputFolder) -> None:
    for name in (".site-1234567", ".site-1234567-2", ".site-old-1234567", ".site-host-1", "site-host", ".sites-1"):
        folder.path.with_name(name).mkdir()
    folder.path.with_name(".site-7").touch()
    folder.recover()
    assert content(folder) == "old"
    assert names(folder) == [".site-7", ".site-host-1", ".sites-1", "site", "site-host"]


def test_folder_of_a_command_that_runs_stays(folder: OutputFolder) -> None:
    with folder.replacement() as fresh:
        (fresh / "index.html").write_text("of this process")
        code = (
            "import sys; from tests.commands.test_output_folder import *; "
            "replace(OutputFolder(Path(sys.argv[1]), SIGNS))"
        )
        subprocess.run([sys.executable, "-c", code, folder.path], cwd=ROOT, check=True)
        assert content(folder) == "new"
        assert (fresh / "index.html").read_text() == "of this process"
        folder.publish(fresh)
    assert content(folder) == "of this process"
    assert names(folder) == ["site"]


@pytest.mark.parametrize("alive", [True, False])
def test_where_there_are_no_locks_the_number_of_the_process_decides(
    folder: OutputFolder, alive: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output_folder, "_try_lock", lambda _: None)
    left = folder.path.with_name(f".site-{os.getpid() if alive else 1234567}")
    left.mkdir()
    folder.recover()
    assert left.exists() is alive


def test_folder_that_holds_only_other_files_is_not_replaced(folder: OutputFolder) -> None:
    (folder.path / "index.html").rename(folder.path / "letter.txt")
    with pytest.raises(Refused, match=r"holds files that this command didn't write\. .* \[output-folder\]$"):
        replace(folder)
    assert (folder.path / "letter.txt").read_text() == "old"


def test_file_is_not_replaced(folder: OutputFolder) -> None:
    with pytest.raises(Refused, match=r"isn't a folder\. Move it away, .* \[output-folder\]$"):
        replace(OutputFolder(folder.path / "index.html", SIGNS))
    assert content(folder) == "old"


def test_path_below_a_file_is_refused(folder: OutputFolder) -> None:
    with pytest.raises(Refused, match="part of that path is a file"):
        replace(OutputFolder(folder.path / "index.html" / "site", SIGNS))


def test_empty_folder_and_missing_folders_are_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "not/yet/there"):
        folder = OutputFolder(tmp_path / name, SIGNS)
        replace(folder)
        assert content(folder) == "new"


def test_web_servers_may_read_what_is_written_under_a_strict_umask(folder: OutputFolder) -> None:
    before = os.umask(0o077)
    try:
        with readable_by_servers(), folder.replacement() as fresh:
            (fresh / "index.html").write_text("new")
            folder.publish(fresh)
        assert os.umask(0o077) == 0o077
    finally:
        os.umask(before)
    assert folder.path.stat().st_mode & 0o777 == 0o755
    assert (folder.path / "index.html").stat().st_mode & 0o777 == 0o644
