import os
import time
from pathlib import Path

import pytest

from macros.beside import Beside, Failed


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


def test_work_that_ends_without_a_word_is_a_failure() -> None:
    with pytest.raises(Failed, match="ended without a word"):
        Beside(lambda: os._exit(0)).result()


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
