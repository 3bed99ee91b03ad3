"""One row a figure, printed and stored: name, value, unit, aim, limit."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Row:
    """`aim` as text such as ">=500"; `limit` the machine's own bound, measured in the same run."""

    name: str
    value: float
    unit: str
    aim: str = ""
    limit: str = ""

    @property
    def met(self) -> str:
        """Whether the aim is met: "yes", "no", or "" without an aim."""
        if not self.aim:
            return ""
        bound = float(self.aim.lstrip("<>="))
        return "yes" if (self.value >= bound if self.aim.startswith(">") else self.value <= bound) else "no"


def store(area: str, rows: list[Row]) -> None:
    """Print the table and write `bench/results/AREA.json`."""
    widths = [max(len(str(getattr(row, name))) for row in rows) for name in ("name", "value", "unit", "aim")]
    print(f"\n{area}")
    for row in rows:
        cells = [str(value).ljust(width) for value, width in zip((row.name, row.value, row.unit, row.aim), widths, strict=True)]
        print("  " + "  ".join(cells) + f"  {row.met:<3}  {row.limit}")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{area}.json").write_text(json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False) + "\n")
