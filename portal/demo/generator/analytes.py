"""What the laboratories measure: code, unit, digits, and what is usual in whom.

The table is `analytes.csv`. An empty interval for men means the same as for women; one
for elsewhere means that the other laboratory prints the same.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

Bounds = tuple[float | None, float | None]
_TABLE = Path(__file__).with_name("analytes.csv")


@dataclass(frozen=True, slots=True)
class Analyte:
    """`least` and `most` are where the method stops measuring («<1», «>90»); `waver`
    is how much one person's level swings from day to day, as a share of it."""

    code: str
    name: str
    unit: str
    decimals: int
    material: str
    usual: float
    women: Bounds
    men: Bounds
    elsewhere: Bounds
    least: float | None
    most: float | None
    waver: float

    @property
    def spread(self) -> float:
        """How much it differs between people who are well (one standard deviation)."""
        low, high = self.women
        if high is None:
            return (low or 0) / 12
        return (high - (low or 0)) / 12

    def interval(self, *, is_female: bool, is_elsewhere: bool = False) -> Bounds:
        """The reference interval as the laboratory in question prints it."""
        if is_elsewhere and self.elsewhere != (None, None):
            return self.elsewhere
        return self.women if is_female else self.men


def _read() -> dict[str, Analyte]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: _analyte(row) for row in csv.DictReader(file)}


def _analyte(row: dict[str, str]) -> Analyte:
    women, men = _bounds(row, "women"), _bounds(row, "men")
    return Analyte(
        code=row["code"],
        name=row["name"],
        unit=row["unit"],
        decimals=int(row["decimals"]),
        material=row["material"],
        usual=float(row["usual"]),
        women=women,
        men=women if men == (None, None) else men,
        elsewhere=_bounds(row, "elsewhere"),
        least=_number(row["least"]),
        most=_number(row["most"]),
        waver=float(row["waver"]),
    )


def _bounds(row: dict[str, str], whose: str) -> Bounds:
    return _number(row[f"{whose}_low"]), _number(row[f"{whose}_high"])


def _number(text: str) -> float | None:
    return float(text) if text else None


ANALYTES = _read()
