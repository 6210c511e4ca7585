"""Replaces a folder such as site/, or a file, atomically: it is always the whole old one or the whole new one.

The new folder is written next to the old one, as `.site-123` for process 123, and takes its place in one step where the
system can exchange two folders. Elsewhere it takes two renames, with the old folder named `.site-old-123` in between. A
command that finds only such a folder first renames it back. Each command also removes what killed commands have left.
"""

import ctypes
import errno
import fcntl
import itertools
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from guide.commands.command import Refused

SIGNS = ("index.html", "404.html")
"""Files that a built site holds, one at least."""
_READABLE = 0o022
"""The bits of a umask that may stay: web servers, which are other users, have to read the files."""
_UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


@contextmanager
def readable_by_servers() -> Iterator[None]:
    """Let other users read what this process writes, whatever its umask is."""
    before = os.umask(0)
    os.umask(before & _READABLE)
    try:
        yield
    finally:
        os.umask(before)


@dataclass(frozen=True)
class OutputFolder:
    """A folder that a command replaces as a whole.

    Attributes:
        path: Its absolute path, without symbolic links.
        signs: Names of files of which a folder of this kind contains at least one. A folder with other files only isn't
            ours, and isn't replaced.
    """

    path: Path
    signs: tuple[str, ...]

    @contextmanager
    def replacement(self) -> Iterator[Path]:
        """Create an empty folder to write into, which is removed at the end if it wasn't published.

        Raises:
            Refused: What is at the path can't be replaced.
        """
        self._check_replaceable()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            wrong = f"{self.path} can't be made: part of that path is a file"
            raise Refused(wrong, "Name another folder.", "output-folder") from None
        with _locked(self.path.parent):
            self._recover()
            names = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
            paths = (self._sibling(f"{os.getpid()}{name}") for name in names)
            fresh = next(path for path in paths if not path.exists())
            fresh.mkdir()
            # Locked by this process and those that it forks: nobody removes the folder while one of them runs.
            lock = os.open(fresh, os.O_RDONLY | os.O_DIRECTORY)
            _try_lock(lock)
        try:
            fresh.chmod(0o755)
            yield fresh
        except OSError as error:
            error.add_note(f"{self.path} is unchanged.")
            raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            os.close(lock)
            self.recover()

    def publish(self, fresh: Path) -> None:
        """Replace the old folder by the new one, and remove the old one."""
        with _locked(self.path.parent):
            try:
                if not self.path.exists():
                    fresh.rename(self.path)
                elif not exchange(fresh, self.path):
                    self._rename_both(fresh)
            except OSError as error:
                if error.errno in (errno.EBUSY, errno.EXDEV):
                    raise self._mounted() from None
                raise

    def recover(self) -> None:
        """Rename the old folder back if a command was killed between two renames, and remove leftovers."""
        if self._leftovers():
            with _locked(self.path.parent):
                self._recover()

    def _recover(self) -> None:
        old = [path for path in self._leftovers() if path.name.startswith(f".{self.path.name}-old-")]
        if old and not self.path.exists():
            newest = max(old, key=lambda path: path.stat().st_ctime_ns)
            newest.rename(self.path)
            print(f"{self.path} is restored: a command was killed while it replaced that folder.", file=sys.stderr)
        for path in self._leftovers():
            if not _in_use(path):
                shutil.rmtree(path, ignore_errors=True)

    def _leftovers(self) -> list[Path]:
        pattern = re.compile(rf"\.{re.escape(self.path.name)}-(?:old-)?\d+(?:-\d+)?")
        try:
            return [path for path in self.path.parent.iterdir() if pattern.fullmatch(path.name) and path.is_dir()]
        except OSError:
            return []

    def _sibling(self, name: str) -> Path:
        return self.path.with_name(f".{self.path.name}-{name}")

    def _rename_both(self, fresh: Path) -> None:
        old = self._sibling(f"old-{os.getpid()}")
        self.path.rename(old)
        try:
            fresh.rename(self.path)
        except BaseException:
            old.rename(self.path)
            raise
        shutil.rmtree(old, ignore_errors=True)

    def _check_replaceable(self) -> None:
        again = "then run this again"
        if self.path.is_dir():
            if os.path.ismount(self.path):
                raise self._mounted()
            names = {path.name for path in self.path.iterdir()}
            if names and not names.intersection(self.signs):
                wrong = f"{self.path} holds files that this command didn't write"
                raise Refused(wrong, f"Name another folder, or move that one away, {again}.", "output-folder")
        elif os.path.lexists(self.path):
            raise Refused(f"{self.path} isn't a folder", f"Move it away, {again}.", "output-folder")

    def _mounted(self) -> Refused:
        wrong = f"{self.path} is a mount point, so it can't be replaced in one step"
        return Refused(wrong, f'Name a folder inside it: ARGS="--site {self.path / "site"}".', "output-folder")


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """Yield a path to write to, and replace a file by what was written there at the end."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        yield fresh
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False where the system can't."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one process at a time make, publish and remove folders in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        except OSError as error:
            # Some network file systems have no such locks.
            if error.errno not in (errno.EBADF, errno.ENOLCK, *_UNSUPPORTED):
                raise
        yield
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool | None:
    """Lock a folder. Return False if another process has locked it, and None if the file system has no locks."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _in_use(folder: Path) -> bool:
    """Return whether the process that created a folder, or one that it started, is running."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return False
    try:
        free = _try_lock(descriptor)
    finally:
        os.close(descriptor)
    if free is None:
        process = re.search(r"-(\d+)(?:-\d+)?$", folder.name)
        return process is not None and _alive(int(process[1]))
    return not free


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def site_folder(site: Path) -> OutputFolder:
    """Return the folder of a site; one that is a link is where the link leads."""
    return OutputFolder(site.resolve(), SIGNS)


def built_site(site: Path) -> Path:
    """Return the folder of a site that was built, after putting back what a killed command left."""
    folder = site_folder(site)
    folder.recover()
    return folder.path
