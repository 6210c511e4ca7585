"""Those who use pre-commit run what `make` runs, on what they change, and fetch nothing."""

from __future__ import annotations

import re
from importlib.util import find_spec

import pytest
import yaml

from tests.factories import ROOT

REPOSITORIES = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
HOOKS = [hook for repository in REPOSITORIES for hook in repository["hooks"]]


def test_nothing_comes_from_elsewhere() -> None:
    assert [repository["repo"] for repository in REPOSITORIES] == ["local"]
    assert {hook["language"] for hook in HOOKS} == {"system"}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_hook_runs_a_command_of_ours_on_data_and_pages(hook: dict[str, str]) -> None:
    python, flag, module = hook["entry"].split()
    assert (python, flag) == (".venv/bin/python", "-m")
    assert find_spec(module)
    for path in ("data/questions.yaml", "data/levels/x.yaml", "docs/index.md", "docs/a/b.md"):
        assert re.search(hook["files"], path)
    assert not re.search(hook["files"], "data/README.md")
    assert not re.search(hook["files"], "site/docs/index.md")
