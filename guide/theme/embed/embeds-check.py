#!/usr/bin/env python3
"""Say which parts of your copy of a guide are older than its safety changes.

Run it once a week, next to the folder "embeds", on any machine with Python 3.8 or newer:

    python3 embeds-check.py                         every part of the copy
    python3 embeds-check.py checklist/first-day     only the parts that you show

It reads one file from the guide's site, by https, and sends nothing. It changes nothing in your copy.
It exits with 0 if no part is older, with 1 if one is, and with 2 if it couldn't find out: then look for yourself.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import urllib.request
from datetime import date
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple

Item = Dict[str, Any]
Release = Dict[str, Any]

CURRENT, OLDER, UNKNOWN = 0, 1, 2
LARGEST = 20_000_000
SECONDS = 30
PART = re.compile(r"[a-z]+(-[a-z]+)*/[a-z0-9]+(-{1,2}[a-z0-9]+)*")
LATEST_CHANGES = 12


class CannotTell(Exception):
    """Why it can't be told; one line."""


def plain(value: object) -> str:
    """Return a text from the network without what a terminal would obey, and not too long."""
    text = "".join(character if character.isprintable() else " " for character in str(value))
    return text if len(text) <= 400 else text[:400] + "..."


def manifest(folder: Path) -> Tuple[str, str, date]:
    """Return what the copy says of itself: its guide's address, its version and its day."""
    path = folder / "copy.json"
    try:
        content = json.loads(path.read_text("utf-8"))
        return str(content["address"]), str(content["version"]), date.fromisoformat(content["day"])
    except (OSError, ValueError, TypeError, KeyError):
        raise CannotTell(f"{path} can't be read. Unpack the zip of the embeds again.") from None


def releases(address: str) -> List[Release]:
    """Read the safety changes of the guide, the newest release first."""
    if not address.startswith("https://") and not address.startswith("http://127.0.0.1:"):
        raise CannotTell(f"{plain(address)} doesn't begin with https://.")
    asked = urllib.request.Request(address, headers={"User-Agent": "guide-embeds-check"})
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as answer:
            body = answer.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise CannotTell(f"{plain(address)} can't be read: {plain(error)}.") from None
    if len(body) > LARGEST:
        raise CannotTell(f"{plain(address)} is larger than {LARGEST:,} bytes.")
    try:
        return [
            {
                "version": str(release["version"]),
                "day": date.fromisoformat(release["day"]),
                "items": [checked(item) for item in release["items"]],
            }
            for release in json.loads(body)["releases"]
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise CannotTell(f"{plain(address)} isn't the list of safety changes of a guide.") from None


def checked(item: Dict[str, Any]) -> Item:
    """Return what is needed of a changed record or page."""
    return {
        "title": str(item["title"]),
        "how": str(item["how"]),
        "everywhere": bool(item["everywhere"]),
        "parts": [part for part in item["embeds"] if PART.fullmatch(part)],
        "texts": [(text["where"], text["now"], text["was"]) for text in item["texts"]],
    }


def newer(found: List[Release], version: str, day: date) -> List[Release]:
    """Return the releases that came after the one that the copy was made of."""
    later = []
    for release in found:
        if release["version"] == version or release["day"] < day:
            break
        later.append(release)
    return later


def older_parts(folder: Path, chosen: List[str], later: List[Release]) -> Dict[str, List[Tuple[Release, Item]]]:
    """Return what changed since in each part of the copy, by its name."""
    there = chosen or sorted(f"{path.parent.parent.name}/{path.parent.name}" for path in folder.glob("*/*/index.html"))
    there = [part for part in there if PART.fullmatch(part)]
    found: Dict[str, List[Tuple[Release, Item]]] = {}
    for release in later:
        for item in release["items"]:
            for part in there:
                if item["everywhere"] or part in item["parts"]:
                    found.setdefault(part, []).append((release, item))
    return found


def told(item: Item) -> Iterator[str]:
    """Return lines that say what changed in a record or page."""
    if item["how"] == "removed":
        yield "is no longer in the guide"
    elif item["how"] == "new":
        yield "is new in the guide"
    for where, now, was in item["texts"][:LATEST_CHANGES]:
        start = f"{plain(where)}: " if where else ""
        yield f"{start}now: {plain(now) if now else '(gone)'}" + (f" | before: {plain(was)}" if was else "")
    if len(item["texts"]) > LATEST_CHANGES:
        yield f"and {len(item['texts']) - LATEST_CHANGES} more"


def report(folder: Path, chosen: List[str], feed: Optional[str]) -> int:
    """Print which parts are older; return the exit status."""
    address, version, day = manifest(folder)
    unknown = [part for part in chosen if not (folder / part / "index.html").is_file()]
    if unknown:
        raise CannotTell(f"{folder} has no {plain(unknown[0])}. Name parts by kind and id: checklist/first-day.")
    found = releases(feed or f"{address}api/v1/safety.json")
    later = newer(found, version, day)
    newest = f"; the newest is version {plain(found[0]['version'])} of {found[0]['day']}" if found else ""
    print(f"Your copy is version {plain(version)} of {day}{newest}.")
    older = older_parts(folder, chosen, later)
    if not older:
        print("No part of it is older than a safety change.")
        return CURRENT
    everywhere = [(release, item) for release in later for item in release["items"] if item["everywhere"]]
    for release, item in everywhere:
        print(f"\nIn every part, {plain(item['title'])} changed on {release['day']}:")
        print("\n".join(f"  {line}" for line in told(item)))
    for part, changed in sorted(older.items()):
        own = [(release, item) for release, item in changed if not item["everywhere"]]
        for release, item in own:
            print(f"\n{part}/ is older. {plain(item['title'])} changed on {release['day']}:")
            print("\n".join(f"  {line}" for line in told(item)))
    print(f"\n{len(older)} parts of your copy are older. Replace the folder with that of the newest release.")
    return OLDER


def main(arguments: Optional[List[str]] = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("parts", nargs="*", help="the parts that you show, such as checklist/first-day (default: all)")
    parser.add_argument("--folder", type=Path, default=Path(__file__).parent / "embeds", help="your copy of the embeds")
    parser.add_argument("--feed", help="the address of the safety changes (default: that of the guide)")
    options = parser.parse_args(arguments)
    try:
        return report(options.folder, [part.strip("/") for part in options.parts], options.feed)
    except CannotTell as error:
        print(f"Couldn't find out whether your copy is current: {error}", file=sys.stderr)
        return UNKNOWN


if __name__ == "__main__":
    sys.exit(main())
