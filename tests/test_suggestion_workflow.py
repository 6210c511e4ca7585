"""The workflow that makes a pull request of a suggestion: its commands, with hostile issues and patches."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.test_suggestion import HOURS, TOWEL, issue
from tests.test_workflows import FORGE, WORKFLOWS, Runner, runner, steps

__all__ = ["runner"]
FILE = HOURS["file"]
SECRET = "a-token-of-the-forge"


def file_issue(runner: Runner, text: str) -> None:
    """Stand in for the forge: an issue with this text has got the label."""
    runner.event.write_text(json.dumps({"action": "labeled", "issue": {"number": 12, "body": text}}), "utf-8")
    runner.values |= {
        "github.event.issue.body": text,
        "github.event.issue.number": "12",
        "github.event.repository.default_branch": "main",
        "github.token": SECRET,
    }
    subprocess.run(["git", "init", "--quiet", "--bare", runner.forge / "swimmers" / "guide"], check=True)


def failing_step(runner: Runner, job: str) -> str:
    """Run the steps of a job up to the first that fails; gives what that one says."""
    for step in steps("suggestion", job):
        if step.get("uses", "").startswith("actions/download"):
            list(runner._step(step))
        elif "run" in step:
            done = runner.attempt(step["run"], step.get("env", {}))
            if done.returncode:
                return done.stdout + done.stderr
    return ""


def pushed(runner: Runner) -> str:
    """Give what the forge has got: the names of branches."""
    forge = runner.forge / "swimmers" / "guide"
    return subprocess.run(["git", "-C", forge, "branch"], capture_output=True, text=True, check=True).stdout


def test_it_begins_with_a_label_that_only_maintainers_can_put_on() -> None:
    workflow = WORKFLOWS["suggestion"]
    assert workflow["on"] == {"issues": {"types": ["labeled"]}}
    patch, propose = workflow["jobs"]["patch"], workflow["jobs"]["propose"]
    assert patch["if"] == "github.event.label.name == 'make-change'"
    assert "make-change" in (FORGE / "README.md").read_text("utf-8")
    assert propose["needs"] == "patch"


def test_what_reads_the_issue_can_write_nothing_and_gets_no_token() -> None:
    patch = WORKFLOWS["suggestion"]["jobs"]["patch"]
    assert patch["permissions"] == {"contents": "read"}
    assert not any("env" in step or "github.token" in str(step) for step in patch["steps"])


def test_what_can_write_runs_programs_of_the_forge_alone() -> None:
    for step in steps("suggestion", "propose"):
        assert not any(word in step.get("run", "") for word in ("python", "make ", "./", ".sh "))


def test_no_command_holds_anything_of_an_issue() -> None:
    for job in WORKFLOWS["suggestion"]["jobs"]:
        assert not any("${{" in step.get("run", "") for step in steps("suggestion", job))


@pytest.mark.parametrize("parts", [HOURS, TOWEL], ids=["phone numbers", "a checklist"])
def test_suggestion_becomes_a_pull_request_of_that_text(runner: Runner, parts: dict[str, str]) -> None:
    file_issue(runner, f"### Page\n\nx\n\n### Suggestion\n\n{issue(**parts)}")

    runner.job("suggestion", "patch")
    runner.git("checkout", "--quiet", "--", "data")
    runner.job("suggestion", "propose")

    assert pushed(runner).split() == ["suggestion-12"]
    forge = runner.forge / "swimmers" / "guide"
    told = ["git", "-C", forge, "show", "--format=%an|%s|%b", "--numstat", "suggestion-12"]
    shown = subprocess.run(told, capture_output=True, text=True, check=True).stdout
    assert shown.startswith("github-actions[bot]|data: a reader's suggestion|")
    assert shown.splitlines()[-1] == f"1\t1\t{parts['file']}"
    patch = subprocess.run(["git", "-C", forge, "show", "suggestion-12"], capture_output=True, text=True, check=True)
    assert parts["now"] in patch.stdout
    (asked,) = runner.asked()
    assert asked.startswith("pr create --base main --head suggestion-12 --title Suggestion in issue #12: data/")
    body = (runner.root / "body.md").read_text("utf-8")
    assert "Closes #12" in body
    # Phone numbers are matters of safety, and a checklist for the first lesson isn't.
    assert ("a second person must review it" in body) == (parts is HOURS)
    assert SECRET not in body + shown


@pytest.mark.parametrize(
    "parts",
    [
        {"now": "Every day\u202e"},
        {"file": "data/site.yaml", "record": "site"},
        {"was": "Some days"},
        {"now": "<script>alert(1)</script>"},
        {"now": "y" * 30_000},
    ],
)
def test_bad_issue_ends_with_the_first_job_in_words(runner: Runner, parts: dict[str, str]) -> None:
    file_issue(runner, issue(**parts))
    said = failing_step(runner, "patch")
    assert "]\n" in said and "Traceback" not in said
    assert not (runner.root / "suggestion").exists()


@pytest.mark.parametrize(
    "now",
    [
        "$(touch pwned); touch pwned && touch pwned | tee pwned.",
        "'; touch pwned; '.",
        '"; touch pwned; ".',
        "${{ github.token }} ${{ secrets.GITHUB_TOKEN }}.",
        "$GH_TOKEN $GITHUB_EVENT_PATH %PATH%.",
        "::add-mask::x ::stop-commands::y ##[add-path]/tmp.",
        "Begin Patch --- a/Makefile +++ b/Makefile.",
    ],
)
def test_hostile_words_are_words_in_every_command(runner: Runner, now: str) -> None:
    file_issue(runner, issue(field="cost", was="Free.", now=now))

    runner.job("suggestion", "patch")
    runner.git("checkout", "--quiet", "--", "data")
    runner.job("suggestion", "propose")

    assert not (runner.root / "pwned").exists()
    assert now not in "".join(runner.asked()) + (runner.root / "body.md").read_text("utf-8")


def test_a_shell_never_sees_a_command_to_the_forge(runner: Runner) -> None:
    """What the step prints begins with a word that turns such commands off."""
    file_issue(runner, issue(now="::warning::x"))
    printed = runner.job("suggestion", "patch")[-1].splitlines()
    word, _, token = printed[0].rpartition("::")
    assert word == "::stop-commands" and len(token) == 32
    assert not any(line.startswith("::") for line in printed[1:])


# Patches that the first job would never make. If somebody made it make one, the second refuses it.


def of_git(runner: Runner, change: Callable[[Path], object]) -> bytes:
    """Give the patch of a change, as git writes it, and undo the change."""
    change(runner.root)
    runner.git("add", "--all", "docs", "data", "Makefile", ".github")
    told = ["git", "diff", "--cached", "--binary", "HEAD"]
    patch = subprocess.run(told, cwd=runner.root, capture_output=True, check=True).stdout
    runner.git("reset", "--quiet", "--hard")
    return patch


def commit_all(runner: Runner) -> None:
    runner.git("add", "--all")
    runner.git("commit", "--quiet", "--message", "x")


def edit(path: Path, text: str = "# x\n") -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def link(path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


OTHER = "data/glossary.yaml"
CHANGES: dict[str, Callable[[Path], object]] = {
    "another file": lambda root: edit(root / OTHER),
    "two files": lambda root: (edit(root / FILE), edit(root / OTHER)),
    "a page": lambda root: edit(root / "docs/help.md"),
    "a workflow": lambda root: edit(root / ".github/workflows/check.yml"),
    "a new workflow": lambda root: (root / ".github/workflows/x.yml").write_text("on: push\n"),
    "a new file": lambda root: (root / "data/new.yaml").write_text("x: y\n"),
    "a file of another kind": lambda root: (root / "data/x.sh").write_text("true\n"),
    "a removed file": lambda root: (root / FILE).unlink(),
    "a renamed file": lambda root: (root / FILE).rename(root / "data/helpline.yaml"),
    "a file that can be run": lambda root: (root / FILE).chmod(0o755),
    "text and mode": lambda root: (edit(root / FILE), (root / FILE).chmod(0o755)),
    "a link": lambda root: link(root / FILE, "/etc/passwd"),
    "a file through a link": lambda root: (link(root / FILE, "../Makefile"), edit(root / "Makefile")),
    "a binary file": lambda root: (root / FILE).write_bytes(b"\0" * 100),
    "many lines": lambda root: edit(root / FILE, "# x\n" * 100),
    "too much": lambda root: edit(root / FILE, f"# {'x' * 150_000}\n"),
    "nothing": lambda root: None,
    "a name with a space": lambda root: (root / "data/help lines.yaml").write_text("x: y\n"),
    "a name with a line feed": lambda root: (root / "data/x\ndata.yaml").write_text("x: y\n"),
}
HEAD = f"--- a/{FILE}\n+++ b/{FILE}\n"
WRITTEN = {
    "path traversal": "--- a/../../x\n+++ b/../../x\n@@ -0,0 +1 @@\n+x\n",
    "an absolute path": "--- /dev/null\n+++ OUTSIDE\n@@ -0,0 +1 @@\n+x\n",
    "git's own folder": "--- a/.git/config\n+++ b/.git/config\n@@ -1 +1 @@\n-x\n+y\n",
    "a hook": "--- /dev/null\n+++ b/.git/hooks/pre-push\n@@ -0,0 +1 @@\n+touch pwned\n",
    "no patch": "x" * 50,
    "an empty file": "",
    "what doesn't fit": HEAD + "@@ -1 +1 @@\n-x\n+y\n",
    "a submodule": "diff --git a/data/x b/data/x\nnew file mode 160000\n--- /dev/null\n+++ b/data/x\n@@ -0,0 +1 @@\n"
    "+Subproject commit 0123456789012345678901234567890123456789\n",
}


@pytest.mark.parametrize("name", [*CHANGES, *WRITTEN, "a link in place of it", "no file", "a file that isn't named"])
def test_patch_of_anything_but_one_text_of_the_named_file_is_refused(runner: Runner, name: str) -> None:
    text = issue().replace(FILE, "data/questions.yaml") if name == "a file that isn't named" else issue()
    file_issue(runner, text)
    commit_all(runner)
    handed = runner.folder / "artifacts" / "suggestion"
    handed.mkdir(parents=True)
    patch = handed / "change.patch"
    outside = runner.folder / "pwned"
    if name in CHANGES:
        patch.write_bytes(of_git(runner, CHANGES[name]))
    elif name in WRITTEN:
        patch.write_text(WRITTEN[name].replace("OUTSIDE", str(outside)))
    elif name == "a link in place of it":
        patch.symlink_to("/etc/passwd")
    elif name == "a file that isn't named":
        patch.write_bytes(of_git(runner, lambda root: edit(root / FILE)))
    before = state(runner)

    said = failing_step(runner, "propose")

    assert "The patch is refused: " in said
    assert pushed(runner) == "" and runner.asked() == []
    assert state(runner) == before
    assert not outside.exists()


def state(runner: Runner) -> dict[str, str]:
    """Give the files of the project, without git's own and what was handed over."""
    paths = (path for folder in ("docs", "data", ".github") for path in (runner.root / folder).rglob("*"))
    return {os.fspath(path): path.read_text("utf-8", errors="replace") for path in paths if path.is_file()}


def test_patch_of_one_text_passes_so_the_others_are_refused_for_what_they_are(runner: Runner) -> None:
    file_issue(runner, issue().replace("\n", "\r\n"))
    commit_all(runner)
    handed = runner.folder / "artifacts" / "suggestion"
    handed.mkdir(parents=True)
    (handed / "change.patch").write_bytes(of_git(runner, lambda root: edit(root / FILE)))
    assert failing_step(runner, "propose") == ""
    assert pushed(runner).split() == ["suggestion-12"]
