"""A report's results as sections of plain values, the same for every audience."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from access.lookup import ObservationDetail
from portal.charts import number_line
from portal.presenting.dates import short_day
from portal.presenting.judgements import Judgement, interval_of, judge
from portal.presenting.linking import with_linked
from portal.presenting.values import (
    as_decimal,
    present_quantity,
    present_range,
    present_value,
)
from results.vocabulary import ObservationStatus, Susceptibility, ValueKind

# Volven 8243. The conclusion is what the reader came for; the rest follows as written.
_HEADINGS: dict[str, str | Promise] = {
    "DIAG": gettext_lazy("Diagnose"),
    "VU": gettext_lazy("Vurdering"),
    "FU": gettext_lazy("Funn og undersøkelsesresultater"),
    "TFU": gettext_lazy("Tilleggsfunn"),
    "MET": gettext_lazy("Metode"),
    "SY": gettext_lazy("Sykmelding"),
    "UP": gettext_lazy("Ubesvarte prøver"),
}
_CONCLUSIONS = ("DIAG", "VU")
_RESISTANCE = "RSB"
_LONGEST_SHORT_TEXT = 80
_WITHDRAWN = (ObservationStatus.CANCELLED, ObservationStatus.ENTERED_IN_ERROR)


@dataclass(frozen=True, slots=True)
class Result:
    """One answer: value, unit, range and judgement belong together."""

    anchor: str
    name: str
    code: str
    value: str
    unit: str
    is_number: bool
    reference: str
    judgement: Judgement | None
    status: str
    is_withdrawn: bool
    comments: tuple[str, ...]
    specimens: str
    is_not_accredited: bool
    is_answered: bool
    has_interval: bool
    chart: SafeString | None = None

    @property
    def reference_label(self) -> str:
        """Limits in words (therapeutic ones, say) are not called a reference range."""
        if self.has_interval:
            return _("Laboratoriets referanseområde")
        return _("Laboratoriets grenser")

    @property
    def is_outside(self) -> bool:
        return self.judgement is not None and self.judgement.is_outside


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as written, under the heading the laboratory gave it."""

    heading: str
    text: str
    is_markup: bool
    is_conclusion: bool
    status: str
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resistance:
    """One agent: the letter, EUCAST's words for it, and the MIC when it was sent."""

    agent: str
    letter: str
    words: str
    concentration: str
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Culture:
    """What grew, how much of it, and what it is sensitive to."""

    name: str
    finding: str
    details: tuple[Result, ...]
    resistances: tuple[Resistance, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading of a report; the first may have none."""

    heading: str
    results: tuple[Result, ...] = ()
    passages: tuple[Passage, ...] = ()
    cultures: tuple[Culture, ...] = ()


def present_sections(
    observations: Sequence[ObservationDetail], *, draws_lines: bool = False
) -> tuple[Section, ...]:
    """Sections in the order sent, conclusions before findings within each.

    `draws_lines` adds a number line to each number with an interval.
    """
    tree = with_linked(observations)
    sections = [s for s in _sections(tree, heading="") if _has_content(s)]
    if draws_lines:
        return tuple(sections)
    return tuple(
        replace(s, results=tuple(replace(r, chart=None) for r in s.results))
        for s in sections
    )


def _sections(
    observations: Sequence[ObservationDetail], *, heading: str
) -> Iterator[Section]:
    loose = [o for o in observations if not o.members or _is_culture(o)]
    yield _section(loose, heading=heading)
    for group in observations:
        if not group.members or _is_culture(group):
            continue
        name = _group_heading(group, above=heading)
        alone = replace(group, members=(), name=group.name or name)
        has_own = _has_answer(group) or bool(group.comments)
        inside = (alone, *group.members) if has_own else group.members
        yield from _sections(inside, heading=name)


def _group_heading(group: ObservationDetail, *, above: str) -> str:
    name = group.name or str(_HEADINGS.get(group.heading, ""))
    return " – ".join(part for part in (above, name) if part)


def _section(observations: Sequence[ObservationDetail], *, heading: str) -> Section:
    cultures = [o for o in observations if _is_culture(o)]
    others = [o for o in observations if not _is_culture(o)]
    passages = [_passage(o) for o in others if _is_passage(o)]
    return Section(
        heading=heading,
        results=tuple(_result(o) for o in others if not _is_passage(o)),
        passages=tuple(sorted(passages, key=lambda p: not p.is_conclusion)),
        cultures=tuple(_culture(o) for o in cultures),
    )


def _has_content(section: Section) -> bool:
    return bool(section.results or section.passages or section.cultures)


def _is_resistance(observation: ObservationDetail) -> bool:
    return bool(observation.susceptibility) or observation.heading == _RESISTANCE


def _is_culture(observation: ObservationDetail) -> bool:
    return any(_is_resistance(member) for member in observation.members)


def _has_answer(observation: ObservationDetail) -> bool:
    return observation.kind is not ValueKind.NONE


def _is_passage(observation: ObservationDetail) -> bool:
    if observation.kind is not ValueKind.TEXT:
        return False
    is_long = len(observation.text) > _LONGEST_SHORT_TEXT or "\n" in observation.text
    return is_long or observation.is_markup or observation.heading in _HEADINGS


def _passage(observation: ObservationDetail) -> Passage:
    heading = _HEADINGS.get(observation.heading, "")
    named = observation.name if observation.name != observation.heading else ""
    return Passage(
        heading=str(heading or named or _("Svar")),
        text="" if observation.status in _WITHDRAWN else observation.text,
        is_markup=observation.is_markup,
        is_conclusion=observation.heading in _CONCLUSIONS,
        status=_status_words(observation),
        comments=observation.comments,
    )


def _result(observation: ObservationDetail) -> Result:
    is_withdrawn = observation.status in _WITHDRAWN
    judgement = None if is_withdrawn else judge(observation)
    ranges = tuple(present_range(t) for t in observation.reference_ranges if t.strip())
    return Result(
        anchor=f"svar-{observation.id}",
        name=observation.name or str(_HEADINGS.get(observation.heading, _("Svar"))),
        code=observation.code,
        value="" if is_withdrawn else _value(observation),
        unit="" if is_withdrawn else observation.unit,
        is_number=observation.kind is ValueKind.QUANTITY,
        reference="; ".join(ranges),
        judgement=judgement,
        status=_status_words(observation),
        is_withdrawn=is_withdrawn,
        comments=observation.comments,
        specimens=", ".join(observation.specimen_accessions),
        is_not_accredited=observation.is_accredited is False,
        is_answered=_has_answer(observation) and not is_withdrawn,
        has_interval=interval_of(observation) is not None,
        chart=_chart(observation, judgement),
    )


def _value(observation: ObservationDetail) -> str:
    if observation.kind is ValueKind.QUANTITY:
        return present_value(observation.digits, observation.comparator)
    if observation.kind is ValueKind.INTERVAL:
        low = present_value(observation.digits, observation.comparator)
        return f"{low}–{present_value(observation.interval_high, '')}"
    if observation.kind is ValueKind.DATE:
        return short_day(observation.date)
    words = observation.text or ", ".join(observation.coded_texts)
    is_silent = not words and not _status_words(observation)
    return _("Ikke besvart") if is_silent and not observation.comments else words


def _status_words(observation: ObservationDetail) -> str:
    if observation.status in (ObservationStatus.FINAL, ObservationStatus.UNKNOWN):
        return ""
    return str(observation.status.label)


def _chart(
    observation: ObservationDetail, judgement: Judgement | None
) -> SafeString | None:
    interval = interval_of(observation)
    value = as_decimal(observation.digits)
    if judgement is None or interval is None or value is None:
        return None
    if observation.kind is not ValueKind.QUANTITY:
        return None
    shown = present_value(observation.digits, observation.comparator)
    label = _("%(value)s, referanseområde %(range)s. %(words)s") % {
        "value": present_quantity(
            observation.digits, observation.comparator, observation.unit
        ),
        "range": present_range(observation.reference_ranges[0]),
        "words": judgement.words,
    }
    return number_line(
        value, interval, label=label, value_text=shown, tone=judgement.tone
    )


def _culture(observation: ObservationDetail) -> Culture:
    rows = [m for m in observation.members if _is_resistance(m)]
    details = [m for m in observation.members if not _is_resistance(m)]
    has_finding = observation.kind is not ValueKind.NONE
    return Culture(
        name=observation.name,
        finding=_value(observation) if has_finding else "",
        details=tuple(_result(d) for d in details),
        resistances=tuple(_resistance(r) for r in rows),
        comments=observation.comments,
    )


def _resistance(observation: ObservationDetail) -> Resistance:
    """S, I and R in words; a code the list does not know is shown as sent."""
    letter = observation.susceptibility
    words = letter.label if letter else ", ".join(observation.coded_texts)
    return Resistance(
        agent=observation.name,
        letter=str(letter.value) if letter else "",
        words=str(words) or _("Ikke vurdert"),
        concentration=_concentration(observation),
        comments=observation.comments,
    )


def _concentration(observation: ObservationDetail) -> str:
    """The MIC: a number with its comparator, in `TextResultValue` or `NumResult`."""
    if observation.digits:
        return present_quantity(
            observation.digits, observation.comparator, observation.unit
        )
    text = observation.text
    is_letter = text.upper() in Susceptibility.values
    return "" if is_letter else present_range(text)
