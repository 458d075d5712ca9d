"""The levels in one person's body over the years, and what follows from them."""

import random
from collections.abc import Mapping

from portal.demo.generator.analytes import ANALYTES, Analyte

# A course is drawn as points: (share of the whole period from 0 to 1, level).
Trend = tuple[tuple[float, float], ...]
_UMOL_PER_MG_CREATININE = 88.4


class Body:
    """What is in the blood of one person; `trends` come from their diseases."""

    def __init__(
        self,
        chance: random.Random,
        trends: Mapping[str, Trend],
        *,
        is_female: bool,
    ) -> None:
        self._chance = chance
        self._trends = trends
        self._is_female = is_female
        self._own: dict[str, float] = {}

    def levels(
        self, keys: tuple[str, ...], share: float, *, age: float
    ) -> dict[str, float]:
        """Levels at one moment; those that follow from others agree with them."""
        found = {key: self._level(key, share) for key in keys}
        if "egfr" in found and "creatinine" in found:
            found["egfr"] = filtration(
                found["creatinine"], age, is_female=self._is_female
            )
        if {"iron", "transferrin", "saturation"} <= found.keys():
            found["saturation"] = 100 * found["iron"] / (25.1 * found["transferrin"])
        if {"cholesterol", "hdl", "ldl", "triglycerides"} <= found.keys():
            found["cholesterol"] = (
                found["ldl"] + found["hdl"] + 0.45 * found["triglycerides"]
            )
        return found

    def _level(self, key: str, share: float) -> float:
        level = self._steady(key, share)
        swing = self._chance.gauss(0, ANALYTES[key].waver)
        return max(level * (1 + swing), 0)

    def _steady(self, key: str, share: float) -> float:
        if trend := self._trends.get(key):
            return along(trend, share)
        if key not in self._own:
            self._own[key] = self._when_well(ANALYTES[key])
        return self._own[key]

    def _when_well(self, analyte: Analyte) -> float:
        low, high = analyte.women if self._is_female else analyte.men
        middle = (low + high) / 2 if low and high else analyte.usual
        usual = min(middle, analyte.usual * 1.2)
        return max(usual + self._chance.gauss(0, analyte.spread), usual / 3)


def along(trend: Trend, share: float) -> float:
    """The level at a share of the period, in straight lines between the points."""
    earlier = trend[0]
    for later in trend:
        if later[0] >= share:
            return _between(earlier, later, share)
        earlier = later
    return trend[-1][1]


def filtration(creatinine: float, age: float, *, is_female: bool) -> float:
    """Estimated GFR by CKD-EPI 2009, in mL/min/1,73 m²; creatinine in µmol/L."""
    kappa, alpha, factor = (0.7, -0.329, 1.018) if is_female else (0.9, -0.411, 1.0)
    ratio = max(creatinine, 1.0) / _UMOL_PER_MG_CREATININE / kappa
    return float(
        141 * min(ratio, 1) ** alpha * max(ratio, 1) ** -1.209 * 0.993**age * factor
    )


def _between(
    earlier: tuple[float, float], later: tuple[float, float], share: float
) -> float:
    if later[0] == earlier[0]:
        return later[1]
    part = (share - earlier[0]) / (later[0] - earlier[0])
    return earlier[1] + part * (later[1] - earlier[1])
