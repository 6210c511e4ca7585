"""The version of the guide."""

import tomllib
from pathlib import Path


def version() -> str:
    """Return the version of the guide, as its project says it."""
    project = Path(__file__).parents[1] / "pyproject.toml"
    return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])
