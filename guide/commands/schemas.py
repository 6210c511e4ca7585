"""Write schemas/ from the models, for editors: `make schemas`."""

import json
import sys
from pathlib import Path

from guide.model.registry import kinds

FOLDER = Path(__file__).parents[2] / "schemas"


def schemas() -> dict[str, str]:
    """Return the text of every JSON Schema by its file name."""
    texts = {}
    for kind in kinds().values():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **kind.adapter.json_schema(by_alias=True)}
        texts[f"{kind.key}.json"] = json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    return texts


def main() -> int:
    """Write the files, and remove those of kinds that no longer exist."""
    FOLDER.mkdir(exist_ok=True)
    texts = schemas()
    for path in FOLDER.glob("*.json"):
        if path.name not in texts:
            path.unlink()
    for name, text in texts.items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
