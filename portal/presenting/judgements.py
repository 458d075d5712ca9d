"""Within, below or above the laboratory's range, in words; never by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.charts import Interval, read_interval
from portal.presenting.values import as_decimal
from results.vocabulary import Interpretation, ValueKind


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a value stands to its range: words, an icon, and a tone for the style."""

    words: str | Promise
    icon: str
    tone: str

    @property
    def is_outside(self) -> bool:
        return self.tone == "outside"

    @property
    def is_marked(self) -> bool:
        return self.tone == "marked"

    @property
    def is_within(self) -> bool:
        return self.tone == "within"


class Judged(Protocol):
    """What is judged: a result in its report, or one over time."""

    @property
    def kind(self) -> str: ...
    @property
    def digits(self) -> str: ...
    @property
    def comparator(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def interpretation(self) -> str | None: ...
    @property
    def reference_ranges(self) -> Sequence[str]: ...


LOW = Judgement(_("Under referanseområdet"), "ArrowDown", "outside")
HIGH = Judgement(_("Over referanseområdet"), "ArrowUp", "outside")
OUTSIDE = Judgement(_("Utenfor referanseområdet"), "Exclamationmark", "outside")
MARKED = Judgement(_("Markert av laboratoriet"), "Exclamationmark", "marked")
WITHIN = Judgement(_("Innenfor referanseområdet"), "Checkmark", "within")
UNDECIDED = Judgement(_("Kan ikke vurderes mot referanseområdet"), "", "unknown")
NO_RANGE = Judgement(_("Laboratoriet har ikke oppgitt referanseområde"), "", "unknown")
IN_WORDS = Judgement(_("Se laboratoriets egen grense"), "", "unknown")

_MARKED: dict[str, Judgement] = {
    Interpretation.LOW: LOW,
    Interpretation.HIGH: HIGH,
    Interpretation.ABNORMAL: OUTSIDE,
}


def judge(observation: Judged) -> Judgement | None:
    """The laboratory's own mark first; else its interval; else that it cannot be said.

    Words have no range: they are marked by the laboratory, or nothing is said of them.
    """
    if observation.kind != ValueKind.QUANTITY:
        return MARKED if observation.interpretation else None
    if observation.interpretation:
        return _MARKED[observation.interpretation]
    if not any(text.strip() for text in observation.reference_ranges):
        return NO_RANGE
    interval = interval_of(observation)
    value = as_decimal(observation.digits)
    if interval is None:
        return IN_WORDS
    if value is None:
        return UNDECIDED
    return _compare(value, observation.comparator, interval)


def interval_of(observation: Judged) -> Interval | None:
    """The one interval the laboratory gave; None when it gave several, or words."""
    texts = [t for t in observation.reference_ranges if t.strip()]
    if len(texts) != 1:
        return None
    return read_interval(texts[0], unit=observation.unit)


def _compare(value: Decimal, comparator: str, interval: Interval) -> Judgement:
    """«<5» against 3–10 may be either: undecided. Against «<10» it is within."""
    if comparator in ("<", "<="):
        return _compare_at_most(value, interval)
    if comparator in (">", ">="):
        return _compare_at_least(value, interval)
    if comparator:
        return UNDECIDED
    if interval.low is not None and (
        value < interval.low or (interval.is_open and value == interval.low)
    ):
        return LOW
    if interval.high is not None and (
        value > interval.high or (interval.is_open and value == interval.high)
    ):
        return HIGH
    return WITHIN


def _compare_at_most(value: Decimal, interval: Interval) -> Judgement:
    if interval.low is not None:
        return LOW if value < interval.low else UNDECIDED
    return WITHIN if interval.high is not None and value <= interval.high else UNDECIDED


def _compare_at_least(value: Decimal, interval: Interval) -> Judgement:
    if interval.high is not None:
        return HIGH if value > interval.high else UNDECIDED
    return WITHIN if interval.low is not None and value >= interval.low else UNDECIDED
