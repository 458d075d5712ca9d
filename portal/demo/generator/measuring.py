"""From a level in the body to a result as a laboratory prints it."""

from portal.demo.generator.analytes import ANALYTES, Analyte, Bounds
from portal.demo.generator.drafts import NLK, Code, Result


def measure(
    key: str,
    level: float,
    *,
    is_female: bool,
    specimen_id: str,
    is_elsewhere: bool = False,
    is_accredited: bool = True,
) -> Result:
    """The level in the analyte's digits, with interval, mark and comparator.

    `is_elsewhere` picks the other laboratory's reference interval.
    """
    analyte = ANALYTES[key]
    number, comparator = _reading(analyte, level)
    bounds = analyte.interval(is_female=is_female, is_elsewhere=is_elsewhere)
    return Result(
        code=Code(analyte.code, NLK, analyte.name),
        number=number,
        unit=analyte.unit,
        comparator=comparator,
        reference=in_words(bounds, analyte.decimals),
        deviation=_deviation(float(number), bounds),
        specimen_id=specimen_id,
        is_accredited=is_accredited,
    )


def in_words(bounds: Bounds, decimals: int) -> str:
    """«3,5 - 11,0», «< 5» or «> 60», with the Norwegian decimal comma."""
    low, high = (
        None if bound is None else f"{bound:.{decimals}f}".replace(".", ",")
        for bound in bounds
    )
    if low is None:
        return f"< {high}"
    return f"> {low}" if high is None else f"{low} - {high}"


def _reading(analyte: Analyte, level: float) -> tuple[str, str]:
    if analyte.least is not None and level < analyte.least:
        return _digits(analyte.least), "LT"
    if analyte.most is not None and level > analyte.most:
        return _digits(analyte.most), "GT"
    return f"{max(level, 0):.{analyte.decimals}f}", ""


def _digits(limit: float) -> str:
    return f"{limit:g}"


def _deviation(number: float, bounds: Bounds) -> str:
    low, high = bounds
    if high is not None and number > high:
        return "1"
    return "2" if low is not None and number < low else ""
