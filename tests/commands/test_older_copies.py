"""Copies learn from the guide's safety changes what they have that's older: the zip of embeds, and a copy of it all."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from guide.commands.due import report
from guide.commands.embeds_zip import pack
from guide.commands.older_than_guide import fetch, older_than_guide
from guide.commands.overdue import main as overdue
from guide.rendering.assets import THEME
from guide.rendering.project import read_project
from tests.factories import Project

CHECK = THEME / "embed" / "embeds-check.py"


def changed(**changes: Any) -> dict[str, Any]:
    """Give a changed record, as the data files say it."""
    return {
        "kind": "helplines",
        "item": "pool-office",
        "title": "Pool office",
        "how": "changed",
        "safety": True,
        "everywhere": False,
        "lang": None,
        "address": "https://swim.example.org/help/",
        "embeds": ["helplines/pools"],
        "texts": [{"where": "number", "now": "1-800-555-0142", "was": "1-800-555-0100"}],
        **changes,
    }


def feed(*items: dict[str, Any], version: str = "1.1.0", day: str = "2026-02-16") -> dict[str, Any]:
    first = {"version": "1.0.0", "day": "2026-01-12", "items": []}
    return {"releases": [{"version": version, "day": day, "items": list(items)}, first]}


class Guide:
    """The site of a guide, on the loopback."""

    def __init__(self) -> None:
        self.body = b""
        self.asked: list[tuple[str, dict[str, str]]] = []
        guide = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                guide.asked.append((self.path, dict(self.headers)))
                self.send_response(200 if self.path == "/api/v1/safety.json" else 404)
                self.end_headers()
                if self.path == "/api/v1/safety.json":
                    self.wfile.write(guide.body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    def says(self, content: Any) -> None:
        self.body = content if isinstance(content, bytes) else json.dumps(content).encode()


@pytest.fixture
def guide() -> Iterator[Guide]:
    made = Guide()
    thread = Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


# The zip of the embeds


@pytest.fixture
def copy(tmp_path: Path, guide: Guide) -> Path:
    """An unpacked copy, made of release 1.0.0."""
    for part in ("helplines/pools", "checklist/first-lesson", "page/help", "dark/page/help"):
        (tmp_path / "embeds" / part).mkdir(parents=True)
        (tmp_path / "embeds" / part / "index.html").write_text("x")
    edition = {"name": "Swim", "address": guide.address, "version": "1.0.0", "day": "2026-01-12"}
    (tmp_path / "embeds" / "copy.json").write_text(json.dumps(edition))
    (tmp_path / CHECK.name).write_bytes(CHECK.read_bytes())
    return tmp_path


Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(copy: Path) -> Check:
    def run(*arguments: str) -> tuple[int, str, str]:
        line = [sys.executable, "-I", copy / CHECK.name, *arguments]
        done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


def test_copy_of_the_newest_release_is_current(guide: Guide, check: Check) -> None:
    guide.says({"releases": feed()["releases"][1:]})
    code, out, _ = check()
    assert (code, out.splitlines()[-1]) == (0, "No part of it is older than a safety change.")


def test_part_that_shows_an_old_number_is_named_with_both_numbers(guide: Guide, check: Check) -> None:
    guide.says(feed(changed()))
    code, out, _ = check()
    assert code == 1
    assert out.splitlines()[0] == (
        "Your copy is version 1.0.0 of 2026-01-12; the newest is version 1.1.0 of 2026-02-16."
    )
    assert "helplines/pools/ is older. Pool office changed on 2026-02-16:\n" in out
    assert "  number: now: 1-800-555-0142 | before: 1-800-555-0100\n" in out
    assert "checklist/first-lesson" not in out
    (asked,) = guide.asked
    assert asked[0] == "/api/v1/safety.json" and not {"Cookie", "Referer"} & set(asked[1])


def test_only_the_parts_that_are_asked_about_count(guide: Guide, check: Check) -> None:
    guide.says(feed(changed()))
    assert check("checklist/first-lesson")[0] == 0
    assert check("helplines/pools/")[0] == 1
    code, _, err = check("checklist/frist-lesson")
    assert code == 2 and "has no checklist/frist-lesson" in err


def test_what_every_part_shows_makes_every_part_older(guide: Guide, check: Check) -> None:
    guide.says(feed(changed(everywhere=True, embeds=[])))
    code, out, _ = check()
    assert code == 1 and "In every part, Pool office changed on 2026-02-16:" in out
    assert out.splitlines()[-1].startswith("3 parts of your copy are older.")


def test_what_left_the_guide_is_said(guide: Guide, check: Check) -> None:
    guide.says(feed(changed(how="removed", texts=[])))
    assert "  is no longer in the guide\n" in check()[1]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>moved</html>",
        b"[]",
        b'{"releases":1}',
        b'{"releases":[{"version":"2","day":"soon","items":[]}]}',
        b'{"releases":[{"version":"2","day":"2026-09-09","items":[{}]}]}',
        b'{"releases":[{"version":"2","day":"2026-09-09","items":[null]}]}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_answer_that_is_no_list_of_changes_is_never_good_news(guide: Guide, check: Check, body: bytes) -> None:
    guide.says(body)
    code, out, err = check()
    assert (code, out) == (2, "")
    assert err.startswith("Couldn't find out whether your copy is current: ")


def test_guide_that_is_gone_is_never_good_news(guide: Guide, check: Check, copy: Path) -> None:
    assert check("--feed", f"{guide.address}gone.json")[0] == 2
    assert check("--feed", "http://swim.example.org/api/v1/safety.json")[2].endswith("doesn't begin with https://.\n")
    assert check("--feed", "file:///etc/hostname")[0] == 2
    (copy / "embeds/copy.json").write_text("{}")
    assert "copy.json can't be read. Unpack the zip of the embeds again." in check()[2]


def test_hostile_words_do_nothing_to_a_terminal(guide: Guide, check: Check) -> None:
    text = {"where": None, "now": "\x1b]0;owned\x07 now\r\n0 parts", "was": "a" * 9_000}
    guide.says(feed(changed(title="\x1b[2JPool", embeds=["helplines/pools", "../../etc"], texts=[text])))
    code, out, _ = check()
    assert code == 1
    assert not [character for character in out if not character.isprintable() and character != "\n"]
    assert max(map(len, out.splitlines())) < 1_000


@pytest.mark.site
def test_zip_has_the_program_beside_the_folder_and_says_what_it_was_made_of(good_site: Path, tmp_path: Path) -> None:
    pack(good_site, tmp_path / "embeds.zip")
    with zipfile.ZipFile(tmp_path / "embeds.zip") as packed:
        assert packed.read("embeds-check.py") == CHECK.read_bytes()
        edition = json.loads(packed.read("embeds/copy.json"))
    index = json.loads((good_site / "api/v1/index.json").read_text("utf-8"))
    assert edition == {key: index[key] for key in ("name", "address", "version", "day")}


@pytest.mark.site
def test_embed_says_its_version_and_day(good_site: Path) -> None:
    index = json.loads((good_site / "api/v1/index.json").read_text("utf-8"))
    text = (good_site / "embed/v1/helplines/pools/index.html").read_text("utf-8")
    assert f"Version {index['version']}, " in text


# A copy of the whole guide


LINE = """- id: pool-office
  name: Pool office
  groups: [pools]
  for_whom: Anyone with a question.
  number: 1-800-555-0100
  hours: Every day
  languages: English.
  cost: Free.
  check_due: 2026-04-05
  references: [river-2020]
  sources_checked: 2026-01-05
  review_due: 2027-01-05
"""


@pytest.fixture
def own(project: Project) -> Project:
    """A copy of a guide that names it."""
    project.append("data/site.yaml", "copy_of: https://swim.example.org/\n")
    project.write("data/helplines.yaml", LINE)
    return project


def older(project: Project, content: Any) -> list[str]:
    asked: list[str] = []

    def read(address: str) -> bytes:
        asked.append(address)
        return content if isinstance(content, bytes) else json.dumps(content).encode()

    found = [str(problem) for problem in older_than_guide(read_project(project.root), read)]
    assert asked == ["https://swim.example.org/api/v1/safety.json"]
    return found


def test_record_that_still_says_the_old_words_is_named_with_its_line(own: Project) -> None:
    assert older(own, feed(changed())) == [
        'data/helplines.yaml:1: the guide says "1-800-555-0142" here, and said "1-800-555-0100", on 2026-02-16 '
        "(version 1.1.0). Take it over, and data/changes/ with it. [older-copy]"
    ]


def test_record_that_was_taken_over_is_current(own: Project) -> None:
    own.replace("data/helplines.yaml", "1-800-555-0100", "1-800-555-0142")
    assert older(own, feed(changed())) == []


def test_release_that_was_taken_over_is_no_news(own: Project) -> None:
    own.write("data/changes/1-1-0.yaml", 'id: 1-1-0\nversion: "1.1.0"\nday: 2026-02-16\n')
    assert older(own, feed(changed())) == []


def test_page_and_what_came_and_went_are_told(own: Project) -> None:
    page = changed(kind="pages", item="help", texts=[{"where": None, "now": "Never swim alone.", "was": None}])
    gone = changed(how="removed", texts=[])
    new = changed(item="lifeguard", title="Lifeguard", how="new", texts=[])
    never = changed(item="diving-club", how="removed", texts=[])
    found = older(own, feed(page, gone, new, never))
    assert [line.partition(": ")[2].partition(" on ")[0] for line in found] == [
        "Pool office (helplines/pool-office) left the guide",
        "Lifeguard (helplines/lifeguard) is new in the guide",
        'the guide says "Never swim alone." here,',
    ]
    assert found[-1].startswith("docs/help.md:1: ")


def test_newer_guide_may_say_more(own: Project) -> None:
    assert older(own, feed(changed(colour="red")) | {"more": 1})


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b'{"releases":[{}]}', b"[" * 100_000])
def test_answer_of_another_shape_is_a_problem_with_its_line(own: Project, content: bytes) -> None:
    (line,) = older(own, content)
    assert line.startswith(f"data/site.yaml:{own.line('data/site.yaml', 'copy_of:')}: https://swim.example.org/api/")
    assert line.endswith("[older-copy]")


def test_guide_that_does_not_answer_is_a_problem(own: Project) -> None:
    def read(address: str) -> bytes:
        raise OSError("no route\x1b[2J")

    (problem,) = older_than_guide(read_project(own.root), read)
    assert "can't be read: no route [2J" in str(problem)


def test_guide_that_is_no_copy_asks_nobody(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(address: str) -> bytes:
        raise AssertionError(address)

    monkeypatch.setattr("guide.commands.older_than_guide.urlopen", read)
    assert overdue(["--root", str(project.root), "--today", "2026-01-06"]) == 0


def test_request_is_made_as_it_is_meant(guide: Guide) -> None:
    guide.says(feed())
    assert json.loads(fetch(f"{guide.address}api/v1/safety.json")) == feed()
    with pytest.raises(OSError):
        fetch(f"{guide.address}other")


def test_weekly_report_has_a_section_for_it(own: Project) -> None:
    found = older_than_guide(read_project(own.root), lambda _: json.dumps(feed(changed())).encode())
    assert "## Older than the guide that this is a copy of: 1\n\n- `data/helplines.yaml:1: " in report(
        [], [], [], found
    )
