"""How long a build takes and what memory it needs, against the plain twin: the same pages in stock Material.

Each build is a process of its own. The builds take turns, so that whatever else the machine does falls on all of them,
and a ratio compares builds of the same turn. The large ones, with sixteen times the pages, have one turn.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Row, Run, build_command, run, stock_command
from bench.sites import write_copies, write_twin

ROUNDS, COPIES = 3, 16
WALL, GROWTH, MEMORY = 1.8, 1.3, 2.0


def rows(root: Path, rounds: int) -> Iterator[Row]:
    """Build the guide, the guide sixteen times over, and the plain twins of both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        projects = {"guide": root, "large": folder / "large", "twin": folder / "twin", "large twin": folder / "both"}
        write_copies(root, projects["large"], COPIES)
        write_twin(root, projects["twin"])
        write_twin(projects["large"], projects["large twin"])
        runs: dict[str, list[Run]] = {project: [] for project in projects}
        for turn in range(rounds):
            for project, path in projects.items():
                twin = project.endswith("twin")
                command = stock_command("build", path, "--strict") if twin else build_command(path, folder / "site")
                if turn == 0 or not project.startswith("large"):
                    runs[project].append(run(*command))

    large = f"{COPIES} times the pages"
    for measure, limit in {"wall": WALL, "cpu": None, "megabytes": None}.items():
        yield _ratio(f"Build, guide / plain twin: {measure}", measure, runs["guide"], runs["twin"], limit)
    for measure, limit in {"wall": GROWTH, "cpu": None}.items():
        name = f"Build, {large} / guide: {measure} per page"
        yield _ratio(name, measure, runs["large"], runs["guide"], limit, COPIES)
    for measure, limit in {"wall": None, "cpu": None, "megabytes": MEMORY}.items():
        name = f"Build, {large} / their plain twin: {measure}"
        yield _ratio(name, measure, runs["large"], runs["large twin"], limit)
    for project, its in runs.items():
        name = f"Build, {project.replace('large', large)}"
        yield Row(f"{name}: wall", [one.wall for one in its], form="{:.1f} s")
        yield Row(f"{name}: cpu", [one.cpu for one in its], form="{:.1f} s")
        yield Row(f"{name}: megabytes", [one.megabytes for one in its], form="{:,.0f} MB")


def _ratio(name: str, measure: str, ours: list[Run], theirs: list[Run], limit: float | None, times: int = 1) -> Row:
    """Compare the builds of the same turns; ours have so many times as many pages."""
    pairs = zip(ours, theirs, strict=False)
    return Row(name, [getattr(own, measure) / getattr(other, measure) / times for own, other in pairs], limit, "{:.2f}")
