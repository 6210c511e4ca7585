"""The forge's workflows and forms: safe, well formed, and every command of them does here what it is for.

Commands run as the workflow's file has them, in a repository of a small guide, by the real Makefile and scripts. What
stands in for the forge: a `gh` that writes down what it is asked, and folders for the files that jobs hand over.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from guide.commands import changes, check, release
from guide.versions import version
from tests.factories import ROOT, Project, plain, write_project

FORGE = ROOT / ".github"
WORKFLOWS = {
    path.stem: yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    for path in sorted((FORGE / "workflows").glob("*.yml"))
}
FORMS = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((FORGE / "ISSUE_TEMPLATE").glob("*.yml"))
}
CONFIG = FORMS.pop("config")
JOBS = [(workflow, job) for workflow in WORKFLOWS for job in WORKFLOWS[workflow]["jobs"]]

TAG = f"v{version()}"
STANDS_FOR = {"github.ref_name": TAG, "github.token": "", "github.repository": "swimmers/guide"}
CHANGELOG = f"""# Changelog

## {version()} (2026-01-05)

### Site

- It is there.

## 0.0.0-draft (2026-01-01)

- It was not.
"""
NOT_RUN = {
    "make check": "it looks at the code of this project and at nothing else, and is run beside the tests",
    "make test": "it is what runs this test",
    "apt-get -qq update && apt-get -qq install --yes --no-install-recommends ca-certificates git python3-venv make": (
        "it needs root and the network"
    ),
    "make test-firefox": "it runs the tests of this project, and needs packages from the network",
    "make test-properdocs": "it runs the tests of this project, and needs packages from the network",
    "make test-webkit": "it runs the tests of this project, and needs packages from the network",
    "make test-wordpress": "it runs the tests of this project, and needs packages from the network",
}
"""Commands that are only seen to exist, each with the reason."""


def steps(workflow: str, job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = WORKFLOWS[workflow]["jobs"][job]["steps"]
    return found


def commands() -> list[str]:
    return [step["run"] for workflow, job in JOBS for step in steps(workflow, job) if "run" in step]


# Safe


def test_zizmor_finds_nothing() -> None:
    command = [Path(sys.executable).with_name("zizmor"), "--offline", "--no-progress", "--persona=pedantic"]
    done = subprocess.run(
        [*command, "--strict-collection", f"--config={FORGE / 'zizmor.yml'}", FORGE / "workflows"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_nothing_is_allowed_that_a_job_does_not_ask_for(workflow: str) -> None:
    assert WORKFLOWS[workflow]["permissions"] == {}
    assert all("permissions" in job and "timeout-minutes" in job for job in WORKFLOWS[workflow]["jobs"].values())


def test_proposals_from_forks_get_no_secret_and_can_write_nothing() -> None:
    for name, workflow in WORKFLOWS.items():
        text = (FORGE / "workflows" / f"{name}.yml").read_text("utf-8")
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(workflow["on"])
        if "pull_request" in workflow["on"]:
            assert "secrets." not in text and "github.token" not in text
            assert all(set(job["permissions"].values()) == {"read"} for job in workflow["jobs"].values())


def test_what_can_write_runs_no_package_of_the_guide() -> None:
    for workflow, job in JOBS:
        if "write" in WORKFLOWS[workflow]["jobs"][job]["permissions"].values():
            assert not any("make " in step.get("run", "") for step in steps(workflow, job)), (workflow, job)


@pytest.mark.parametrize(("workflow", "job"), JOBS)
def test_actions_are_the_forges_own_and_leave_no_password_behind(workflow: str, job: str) -> None:
    for step in steps(workflow, job):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@(v\d+|[0-9a-f]{40})", step["uses"])
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


# Commands


@pytest.mark.parametrize("command", commands())
def test_command_is_good_shell_and_names_what_is_there(command: str) -> None:
    subprocess.run(["bash", "-n"], input=command, text=True, check=True)
    for target in re.findall(r"\bmake ([a-z-]+)", command):
        subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True)
    for script in re.findall(r"(?:^|\s)(\.?[\w./-]+\.sh)\b", command):
        assert os.access(ROOT / script, os.X_OK), script


GH = """#!/bin/sh
printf '%s\\n' "$*" >>"$GH_SAID"
case "$1 $2" in "issue list") cat "$GH_NUMBER" ;; esac
"""


class Runner:
    """A checked-out repository, and what jobs of one run hand to each other."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.root = project.root
        self.folder = folder
        self.said = folder / "said"
        self.number = folder / "number"
        self.summary = folder / "summary"
        self.values = dict(STANDS_FOR)
        self.forge = folder / "forge"
        self.event = folder / "event.json"
        for path in (self.said, self.number, self.summary):
            path.touch()
        (folder / "bin").mkdir()
        (folder / "bin" / "gh").write_text(GH)
        (folder / "bin" / "gh").chmod(0o755)

    def git(self, *arguments: str) -> None:
        who = ["-c", "user.name=Swimmer", "-c", "user.email=swimmer@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=self.root, check=True, capture_output=True)

    def commit(self) -> None:
        self.git("add", "docs", "data", "mkdocs.yml")
        self.git("commit", "--quiet", "--message", "x")

    def job(self, workflow: str, job: str) -> list[str]:
        """Run the steps of a job, one after the other; gives what its commands print."""
        return [text for step in steps(workflow, job) for text in self._step(step)]

    def _step(self, step: dict[str, Any]) -> Iterator[str]:
        uses = step.get("uses", "").partition("@")[0]
        handed = self.folder / "artifacts" / step.get("with", {}).get("name", "")
        if uses == "actions/upload-artifact":
            for name in step["with"]["path"].split():
                source = self.root / name
                assert source.exists(), name
                inside = handed / name if "\n" in step["with"]["path"].strip() else handed
                if source.is_dir():
                    shutil.copytree(source, inside, dirs_exist_ok=True)
                else:
                    inside.parent.mkdir(parents=True, exist_ok=True)
                    handed.mkdir(parents=True, exist_ok=True)
                    shutil.copy(source, inside)
        elif uses == "actions/download-artifact":
            shutil.copytree(handed, self.root / step["with"].get("path", ""), symlinks=True, dirs_exist_ok=True)
        elif "run" in step and step["run"] not in NOT_RUN:
            yield self.run(step["run"], step.get("env", {}))

    def run(self, command: str, values: dict[str, str]) -> str:
        """Run a command as the forge does, and see that it succeeds."""
        done = self.attempt(command, values)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def attempt(self, command: str, values: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a command as the forge does."""
        asked = {
            name: re.sub(r"\$\{\{ ([\w.]+) \}\}", lambda found: self.values[found[1]], value)
            for name, value in values.items()
        }
        # Not what the make that runs these tests was asked: a forge has no such thing.
        own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "ARGS"))}
        environment = {
            **own,
            "PATH": f"{self.folder / 'bin'}:{own['PATH']}",
            "GH_SAID": str(self.said),
            "GH_NUMBER": str(self.number),
            "GITHUB_EVENT_PATH": str(self.event),
            "GITHUB_SERVER_URL": self.forge.as_uri(),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            **asked,
        }
        return subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def asked(self) -> list[str]:
        """Give what `gh` was asked."""
        return self.said.read_text("utf-8").splitlines()


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    # A publisher of its own, at a name that nobody asks for.
    own = {"contact": "pool@swim.test", "address": "https://swim.test/", "repository": "https://forge.test/swim"}
    project = write_project(tmp_path / "checkout", data={"site": plain("site", **own)})
    root = project.root
    project.write(
        "data/references.yaml", project.read("data/references.yaml").replace("//example.org/", "//swim.test/")
    )
    (root / "deploy").mkdir(exist_ok=True)
    for name in ("macros", "guide", "deploy/wordpress"):
        (root / name).symlink_to(ROOT / name)
    shutil.copytree(FORGE, root / ".github")
    owners = root / ".github" / "CODEOWNERS"
    owners.write_text(owners.read_text("utf-8").replace("@example/safety", "@swimmers/lifeguards"), "utf-8")
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(root / "docs" / "assets")
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    # The packages are there; a test sets nothing up.
    (root / "scripts" / "setup.sh").write_text("#!/bin/sh\n")
    (root / ".venv").symlink_to(sys.prefix)
    project.write("CHANGELOG.md", CHANGELOG)
    ready = Runner(project, tmp_path)
    ready.git("init", "--quiet", "--initial-branch=main")
    ready.commit()
    return ready


LOOKED_AT = {
    ("check", "preview"),
    ("check", "safety"),
    ("scheduled", "look"),
    ("scheduled", "tell"),
    ("release", "pack"),
    ("release", "publish"),
    ("suggestion", "patch"),
    ("suggestion", "propose"),
    ("signatures", "signatures"),
}
"""Jobs whose results have tests of their own, below and in test_suggestion_workflow.py."""


@pytest.mark.site
@pytest.mark.parametrize(("workflow", "job"), [each for each in JOBS if each not in LOOKED_AT])
def test_commands_of_every_other_job_run(runner: Runner, workflow: str, job: str) -> None:
    runner.job(workflow, job)


def test_matcher_is_registered(runner: Runner) -> None:
    printed = runner.job("check", "check")[-1]
    path = printed.strip().removeprefix("::add-matcher::")
    assert (ROOT / path).is_file()


@pytest.mark.site
def test_preview_holds_the_site_and_says_what_changes(runner: Runner) -> None:
    runner.project.replace("docs/help.md", "One line about swimming.", "One line about floating.")
    runner.commit()

    runner.job("check", "preview")

    preview = runner.folder / "artifacts" / "preview"
    assert "floating" in (preview / "site" / "help" / "index.html").read_text("utf-8")
    told = (preview / "changes.md").read_text("utf-8")
    assert '"One line about floating." was "One line about swimming."' in told
    assert "- Ask the pool: `/help/`" in told
    assert runner.summary.read_text("utf-8") == told


def test_safety_is_looked_at_by_the_code_of_the_branch_and_named(runner: Runner) -> None:
    """The proposal is in a folder of its own, as the job checks it out; it turns the command off in its own code."""
    proposal = runner.root / "proposal"
    subprocess.run(["git", "clone", "--quiet", runner.root, proposal], check=True, capture_output=True)
    own = Project(proposal)
    own.write("guide/commands/safety.py", "")
    line = own.read("data/helplines.yaml")
    own.write("data/helplines.yaml", line.replace("1-800-555-0100", "1-800-555-0199"))
    who = ["-c", "user.name=Swimmer", "-c", "user.email=swimmer@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["add", "--all"], ["commit", "--quiet", "--message", "x"]):
        subprocess.run(["git", *who, *arguments], cwd=proposal, check=True, capture_output=True)

    printed = runner.job("check", "safety")[-1]

    wanted = 'data/helplines.yaml:1: "Pool office" is a matter of safety, and has changed.'
    assert wanted in printed
    assert f"- {wanted}" in runner.summary.read_text("utf-8")
    matcher = json.loads((FORGE / "problem-matcher.json").read_text("utf-8"))["problemMatcher"][0]["pattern"][0]
    assert re.search(matcher["regexp"], printed, re.MULTILINE)


def test_a_proposal_that_adds_a_signature_fails_and_another_passes(runner: Runner) -> None:
    proposal = runner.root / "proposal"
    subprocess.run(["git", "clone", "--quiet", runner.root, proposal], check=True, capture_output=True)
    own = Project(proposal)
    own.write("guide/commands/changed_reviews.py", "")
    who = ["-c", "user.name=Swimmer", "-c", "user.email=swimmer@example.org", "-c", "commit.gpgsign=false"]

    def propose() -> None:
        for arguments in (["add", "--all"], ["commit", "--quiet", "--message", "x"]):
            subprocess.run(["git", *who, *arguments], cwd=proposal, check=True, capture_output=True)

    propose()
    assert runner.job("signatures", "signatures")
    own.write("data/reviews/index.yaml", plain("reviews"))
    propose()
    with pytest.raises(AssertionError, match="this proposal changes who has signed a page"):
        runner.job("signatures", "signatures")


def test_what_is_due_opens_one_issue_keeps_it_and_closes_it(runner: Runner) -> None:
    runner.project.replace("docs/help.md", "review_due: 2027-01-05", "review_due: 2026-01-06")
    due = "due.md"

    runner.job("scheduled", "look")
    runner.job("scheduled", "tell")
    assert "- `docs/help.md:4: review_due was 2026-01-06." in (runner.root / due).read_text("utf-8")
    assert [line.split(" --")[0] for line in runner.asked()] == ["issue list", "label create due", "issue create"]
    assert f"--body-file {due}" in runner.asked()[-1]

    runner.number.write_text("7\n")
    runner.job("scheduled", "tell")
    assert runner.asked()[-1] == f"issue edit 7 --body-file {due}"

    (runner.folder / "artifacts" / "due" / due).write_text("")
    runner.job("scheduled", "tell")
    assert runner.asked()[-1].startswith("issue close 7 ")

    runner.number.write_text("")
    before = len(runner.asked())
    runner.job("scheduled", "tell")
    assert [line.split(" --")[0] for line in runner.asked()[before:]] == ["issue list"]


@pytest.mark.site
def test_release_has_its_notes_and_five_zips(runner: Runner) -> None:
    runner.project.write("deploy/addresses.txt", "/help/\n")
    assert changes.main(["--root", str(runner.root), "--write"]) == 0

    runner.job("release", "pack")
    shutil.rmtree(runner.root / "site")
    runner.job("release", "publish")

    (asked,) = runner.asked()
    assert asked.startswith(f"release create {TAG} --verify-tag ")
    assert (runner.root / "notes.md").read_text("utf-8") == "### Site\n\n- It is there.\n"
    packed = sorted(word.removeprefix("./") for word in asked.split() if word.endswith(".zip"))
    assert packed == [f"{name}-{version()}.zip" for name in ("disk-copy", "embeds", "handouts", "site", "wordpress")]
    wanted = {
        "disk-copy": "swimming/help/index.html",
        "embeds": "embeds/checklist/first-lesson/index.html",
        "handouts": "handouts/checklist/first-lesson.pdf",
        "site": "site/help/index.html",
        "wordpress": "guide-part/guide-part.php",
    }
    for name, member in wanted.items():
        with zipfile.ZipFile(runner.root / f"{name}-{version()}.zip") as archive:
            assert member in archive.namelist()


@pytest.mark.parametrize(
    ("tag", "heading", "said"),
    [
        ("v9.9.9", f"## {version()} (2026-01-05)", "Make them agree."),
        (TAG, "## 9.9.9 (2026-01-05)", "CHANGELOG.md has no section for it."),
        (TAG, f"## {version()}", "CHANGELOG.md has no section for it."),
    ],
)
def test_tag_that_project_and_changelog_do_not_name_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tag: str, heading: str, said: str
) -> None:
    (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{heading}\n\n- It is there.\n")
    assert release.main(["--root", str(tmp_path), "--tag", tag]) == 1
    assert said in capsys.readouterr().err


# Problems on their lines


def matched(line: str) -> dict[str, str] | None:
    """Read a line as the forge does by our matchers."""
    for matcher in json.loads((FORGE / "problem-matcher.json").read_text("utf-8"))["problemMatcher"]:
        (pattern,) = matcher["pattern"]
        found = re.search(pattern["regexp"], line)
        if found:
            return {key: found[pattern[key]] for key in ("file", "line", "message")}
    return None


def test_problems_of_the_checker_are_put_on_their_lines(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    line = project.replace("docs/help.md", 'helplines("pools")', 'helplines("pool")')
    assert check.main(["--root", str(project.root)]) == 1
    printed = capsys.readouterr().err.splitlines()
    found = [place for place in map(matched, printed) if place]
    assert [(place["file"], place["line"]) for place in found] == [("docs/help.md", str(line))]
    assert '"pool"' in found[0]["message"]
    assert len(printed) == 2, "the last line is no problem, and is not taken for one"


def test_misspelled_words_are_put_on_their_lines(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("Fine.\nAbout teh pool.\n")  # codespell:ignore teh
    command = [sys.executable, "-m", "codespell_lib", "page.md"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    place = matched(done.stdout.strip())
    assert place and (place["file"], place["line"]) == ("page.md", "2")


# Forms


def test_there_is_a_form_for_each_kind_of_report() -> None:
    assert set(FORMS) == {
        "wrong-fact",
        "unclear-text",
        "access-barrier",
        "missing-topic",
        "embed-problem",
        "suggested-change",
    }


@pytest.mark.parametrize("name", FORMS)
def test_form_is_what_the_forge_can_read(name: str) -> None:
    form = FORMS[name]
    assert set(form) == {"name", "description", "title", "body"}
    needed = {"input": {"label"}, "textarea": {"label"}, "dropdown": {"label", "options"}, "markdown": {"value"}}
    for field in form["body"]:
        assert set(field) <= {"type", "id", "attributes", "validations"}
        assert needed[field["type"]] <= set(field["attributes"])
        assert all(isinstance(option, str) for option in field["attributes"].get("options", []))
    ids = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    labels = [field["attributes"].get("label") for field in form["body"]]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", FORMS)
def test_form_begins_with_help_and_privacy_and_asks_for_the_page_first(name: str) -> None:
    first, second = FORMS[name]["body"][:2]
    for words in ("Nobody here will see this in time to help", "private health details"):
        assert words in first["attributes"]["value"]
    assert (second["id"], second["type"]) == ("page", "input")


def test_no_report_goes_past_the_forms() -> None:
    assert CONFIG["blank_issues_enabled"] is False
    assert all(set(link) == {"name", "url", "about"} for link in CONFIG["contact_links"])
