"""`python -m bench [AREA ...]`: run the benches of an area and store its table."""

import importlib
import sys

AREAS = {
    "letters": ("letters_code", "letters_issuing", "letters_reading", "letters_camera"),
    "queues": ("tickets", "node", "boards", "pages"),
    "security": ("flood", "guard", "chain"),
    "survey": ("survey",),
    "sync": ("ingest", "step", "backlog", "syncing"),
}


def main() -> None:
    """Run the areas that were named, all without a name."""
    from bench.table import store

    wanted = sys.argv[1:] or list(AREAS)
    unknown = set(wanted) - set(AREAS)
    if unknown:
        sys.exit(f"no such area: {', '.join(sorted(unknown))}; there are {', '.join(AREAS)}")
    for area in wanted:
        store(area, [row for part in AREAS[area] for row in importlib.import_module(f"bench.{part}").rows()])


main()
