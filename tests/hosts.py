"""What static hosts make of the files `_headers` and `_redirects`."""

from __future__ import annotations

from pathlib import Path

Rules = list[tuple[str, str, str]]


def read_headers(site: Path) -> Rules:
    """Give each rule as (pattern, header, value)."""
    rules: Rules = []
    pattern = ""
    for line in (site / "_headers").read_text("utf-8").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules.append((pattern, name, value))
        elif not line.startswith("#"):
            pattern = line
    return rules


def headers_for(rules: Rules, path: str) -> dict[str, list[str]]:
    """Give the headers of a path, each with all of its values."""
    found: dict[str, list[str]] = {}
    for pattern, name, value in rules:
        if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1])):
            found.setdefault(name, []).append(value)
    return found


def read_redirects(site: Path) -> dict[str, str]:
    """Give the new path by the old one."""
    lines = (site / "_redirects").read_text("utf-8").splitlines()
    return {old: new for old, new, _ in (line.split() for line in lines if not line.startswith("#"))}
