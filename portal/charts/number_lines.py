"""A value on a line, with the laboratory's interval as a band."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.languages import decimal_mark

_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
_BETWEEN = re.compile(rf"({_NUMBER})\s*[-–—]\s*({_NUMBER})")
_BELOW = re.compile(rf"(<=|≤|<)\s*({_NUMBER})")
_ABOVE = re.compile(rf"(>=|≥|>)\s*({_NUMBER})")

_WIDTH = 400
_EDGE = 12
_BAND_START, _BAND_END = 0.25, 0.75


@dataclass(frozen=True, slots=True)
class Interval:
    """A laboratory's limits; None where it gives none. Texts keep the digits sent."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_text: str = ""
    high_text: str = ""
    is_open: bool = False


@lru_cache(maxsize=4096)
def read_interval(text: str, *, unit: str = "") -> Interval | None:
    """The interval a text states («18-240», «< 5»), or None when it is anything else.

    The unit may stand after it. Words around it («fastende», «terapeutisk») mean that
    the limits are for something we cannot judge, so the text is then left alone.
    """
    bare = text.strip().removesuffix(unit).strip() if unit else text.strip()
    if match := _BETWEEN.fullmatch(bare):
        return _between(match[1], match[2])
    if match := _BELOW.fullmatch(bare):
        high = match[2]
        return Interval(high=_decimal(high), high_text=high, is_open=match[1] == "<")
    if match := _ABOVE.fullmatch(bare):
        return Interval(
            low=_decimal(match[2]), low_text=match[2], is_open=match[1] == ">"
        )
    return None


def number_line(
    value: Decimal, interval: Interval, *, label: str, value_text: str, tone: str
) -> SafeString:
    """The value on a line with the laboratory's interval as a band.

    `label` says the same in words, for those who do not see the drawing.
    """
    start, end = _band(interval)
    at = _x(_share(value, interval))
    limits = [
        (_x(share), text.replace(",", ".").replace(".", decimal_mark()))
        for share, text in ((start, interval.low_text), (end, interval.high_text))
        if text
    ]
    return format_html(
        '<svg class="number-line" data-tone="{}" viewBox="0 0 {} 48" role="img"'
        ' aria-label="{}">'
        '<rect class="rail" x="{}" y="24" width="{}" height="8" rx="4"/>'
        '<rect class="band" x="{}" y="24" width="{}" height="8" rx="{}"/>'
        "{}"
        '<path class="pointer" d="M{} 25l-6-9h12z"/>'
        '<rect class="pointer" x="{}" y="23" width="2" height="10"/>'
        '<text class="pointer-text" x="{}" y="12" text-anchor="middle">{}</text>'
        "</svg>",
        tone,
        _WIDTH,
        label,
        _EDGE,
        _WIDTH - 2 * _EDGE,
        _x(start),
        _x(end) - _x(start),
        0 if interval.low_text and interval.high_text else 4,
        format_html_join(
            "",
            '<text class="limit" x="{}" y="46" text-anchor="middle">{}</text>',
            limits,
        ),
        at,
        at - 1,
        at,
        value_text,
    )


def _between(low: str, high: str) -> Interval | None:
    interval = Interval(_decimal(low), _decimal(high), low, high)
    return interval if _decimal(low) < _decimal(high) else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _band(interval: Interval) -> tuple[float, float]:
    start = _BAND_START if interval.low is not None else 0.0
    end = _BAND_END if interval.high is not None else 1.0
    return start, end


def _share(value: Decimal, interval: Interval) -> float:
    """Where on the line the value lies, 0 to 1; what is far out stays at the end."""
    low, high = interval.low, interval.high
    if low is not None and high is not None:
        share = float((value - low) / (high - low))
        place = _BAND_START + share * (_BAND_END - _BAND_START)
    elif high is not None:
        place = _BAND_END * float(value / high) if high else 1.0
    else:
        place = _BAND_START * float(value / low) if low else 1.0
    return min(1.0, max(0.0, place))


def _x(share: float) -> int:
    return round(_EDGE + share * (_WIDTH - 2 * _EDGE))
