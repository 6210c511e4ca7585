import errno
import faulthandler
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from guide.engine.processes import Beside, Failed
from tests.factories import ROOT


def test_work_runs_in_a_process_of_its_own_and_its_result_comes_back() -> None:
    before = [1]
    work = Beside(lambda: (os.getpid(), before.append(2), before))
    assert before == [1]
    pid, _, grown = work.result()
    assert pid != os.getpid()
    assert grown == [1, 2]


def test_what_the_work_raises_is_told_with_its_traceback() -> None:
    def work() -> None:
        raise ValueError("the pool is closed")

    with pytest.raises(Failed, match=r"in work\n(.*\n)*ValueError: the pool is closed"):
        Beside(work).result()


def test_fault_of_the_system_is_raised_as_it_was() -> None:
    def work() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "lanes.html")

    with pytest.raises(OSError, match="lanes.html") as caught:
        Beside(work).result()
    assert caught.value.errno == errno.ENOSPC


def test_work_that_ends_early_is_a_failure() -> None:
    with pytest.raises(Failed, match="exit status 3"):
        Beside(lambda: os._exit(3)).result()


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_signal_that_ended_the_work_is_named(number: signal.Signals) -> None:
    def work() -> None:
        # Or pytest's handler prints where every thread was.
        faulthandler.disable()
        os.kill(os.getpid(), number)

    with pytest.raises(Failed, match=rf"ended by signal {number} \({number.name}\)\.$"):
        Beside(work).result()


def test_work_that_the_system_killed_may_have_had_too_little_memory() -> None:
    with pytest.raises(Failed, match="SIGKILL.*out of memory"):
        Beside(lambda: os.kill(os.getpid(), signal.SIGKILL)).result()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends processes with their parent")
def test_work_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    started, lived = tmp_path / "started", tmp_path / "lived"

    def inner() -> None:
        started.touch()
        time.sleep(10)  # longer than it takes to be ended
        lived.touch()

    def outer() -> None:
        Beside(inner)
        while not started.exists():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGKILL)

    # Comes back when both have ended, since both can answer.
    with pytest.raises(Failed, match="SIGKILL"):
        Beside(outer).result()
    assert not lived.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_between_two_starts_leaves_no_process_running(tmp_path: Path, number: signal.Signals) -> None:
    """The worst moment: the first process runs, and nobody has said yet where it will be ended."""
    code = (
        "import multiprocessing, os, signal, sys, time\nfrom guide.engine import processes as beside\n"
        "start = multiprocessing.context.ForkProcess.start\n"
        "def signaled(self):\n    start(self)\n    print(self.pid, flush=True)\n"
        f"    os.kill(os.getpid(), {int(number)})\n"
        "multiprocessing.context.ForkProcess.start = signaled\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
        "with beside.all_beside(lambda: time.sleep(60), lambda: time.sleep(60)):\n    print('reached')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=50)
    assert done.returncode == (143 if number == signal.SIGTERM else -signal.SIGINT)
    pids = done.stdout.split()
    assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def test_stopping_it_ends_what_it_started_too(tmp_path: Path) -> None:
    pids = tmp_path / "pids"

    def inner() -> None:
        with pids.open("a") as file:
            file.write(f"{os.getpid()}\n")
        time.sleep(60)

    def outer() -> None:
        Beside(inner)
        inner()

    work = Beside(outer)
    until = time.monotonic() + 20
    while not pids.is_file() or pids.read_text().count("\n") < 2:
        assert time.monotonic() < until
        time.sleep(0.01)
    work.stop()
    for pid in pids.read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)
