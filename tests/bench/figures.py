"""How figures are taken and told: one JSON line each, ratios within one run."""

import json
import statistics
import time
from collections.abc import Callable, Sequence


def say(name: str, value: float, unit: str, note: str) -> None:
    line = {"name": name, "value": round(value, 3), "unit": unit, "note": note}
    print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def percentile_99(figures: Sequence[float]) -> float:
    return statistics.quantiles(figures, n=100)[98]
