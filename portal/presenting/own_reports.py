"""A report as the one it is about reads it: a summary first, then what is outside."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import (
    Analyte,
    ObservationDetail,
    ReportDetail,
    ShownText,
    TimedResult,
)
from portal.presenting.courses import present_course
from portal.presenting.dates import long_day
from portal.presenting.difficult_words import Marking
from portal.presenting.explaining import present_explanation
from portal.presenting.history import corrections_in, present_history
from portal.presenting.reports import ShownReport, present_report
from portal.presenting.results import Result, anchor_of, finding_words
from portal.presenting.sections import Section
from results.vocabulary import Discipline


@dataclass(frozen=True, slots=True)
class Summary:
    """What the reader should know before the numbers."""

    sentence: str
    outside: tuple[Result, ...]
    marked: tuple[Result, ...]
    unknown: str
    is_judged: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What helps in understanding a report: texts about its tests, by code and system
    as sent, and about difficult words; what its tests have shown over time, and where
    each has a page of its own."""

    explanations: Mapping[tuple[str, str], ShownText] = field(default_factory=dict)
    words: Sequence[ShownText] = ()
    course: Sequence[TimedResult] = ()
    address_of: Callable[[Analyte], str] = lambda _analyte: ""


_NOTHING_MORE = Known()


@dataclass(frozen=True, slots=True)
class OwnReport:
    """One report: heading, summary, then sections with what is outside first."""

    heading: str
    summary: Summary
    report: ShownReport


def present_own_report(detail: ReportDetail, known: Known = _NOTHING_MORE) -> OwnReport:
    report = present_report(detail, draws_lines=True)
    history = present_history(detail, shows_withdrawn=False)
    extras = _extras(detail, known)
    sections = tuple(
        _with_words(_outside_first(section, extras), known.words, part=number)
        for number, section in enumerate(report.sections, start=1)
    )
    day = long_day(detail.summary.effective_at)
    return OwnReport(
        heading=f"{report.line.title} {day}".strip(),
        summary=summarise(sections),
        report=replace(report, sections=sections, history=history),
    )


def summarise(sections: Iterable[Section]) -> Summary:
    """Counts only what can be judged; texts and findings never count as within."""
    results = [r for section in sections for r in section.results if r.is_answered]
    within = sum(r.judgement is not None and r.judgement.is_within for r in results)
    outside = tuple(r for r in results if r.is_outside)
    marked = tuple(r for r in results if r.is_marked)
    judged = within + len(outside)
    unknown = len(results) - judged - len(marked)
    return Summary(
        sentence=_sentence(within, judged),
        outside=outside,
        marked=marked,
        unknown=_unknown(unknown) if judged and unknown else "",
        is_judged=judged > 0,
    )


def _sentence(within: int, judged: int) -> str:
    if not judged:
        return _("Svaret er beskrevet med ord. Les det i sin helhet under.")
    counts = {"within": within, "judged": judged}
    if within == judged:
        words = ngettext(
            "Svaret er innenfor referanseområdet.",
            "Alle %(judged)s svar er innenfor referanseområdet.",
            judged,
        )
    elif within == 0:
        words = ngettext(
            "Svaret er utenfor referanseområdet.",
            "Ingen av de %(judged)s svarene er innenfor referanseområdet.",
            judged,
        )
    else:
        words = _("%(within)s av %(judged)s svar er innenfor referanseområdet.")
    return words % counts


def _unknown(count: int) -> str:
    return ngettext(
        "%(count)s svar kan ikke vurderes mot et referanseområde.",
        "%(count)s svar kan ikke vurderes mot et referanseområde.",
        count,
    ) % {"count": count}


def _extras(detail: ReportDetail, known: Known) -> dict[str, dict[str, Any]]:
    """What goes with each result, by its anchor."""
    finds = detail.summary.category is Discipline.MBIO
    corrected = corrections_in(detail)
    courses = _courses(detail, known)
    return {
        anchor_of(observation): {
            "correction": corrected.get(anchor_of(observation), ""),
            **courses.get(str(observation.id), {}),
            "explanation": text and present_explanation(text),
            "meaning": finding_words(observation) if finds else "",
        }
        for observation in _all_of(detail.observations)
        for text in [
            known.explanations.get((observation.code, observation.code_system))
        ]
    }


def _courses(detail: ReportDetail, known: Known) -> dict[str, dict[str, Any]]:
    """What earlier reports say of the same tests, by the key of each result here."""
    by_analyte: dict[Analyte, list[TimedResult]] = {}
    for result in known.course:
        by_analyte.setdefault(result.analyte, []).append(result)
    own = [r for r in known.course if r.report.id == detail.summary.id]
    return {
        result.id: {
            "course": present_course(those, name=result.name, key=f"kurve-{result.id}"),
            "course_url": known.address_of(result.analyte),
        }
        for result in own
        if len(those := by_analyte[result.analyte]) > 1
    }


def _all_of(observations: Iterable[ObservationDetail]) -> Iterator[ObservationDetail]:
    for observation in observations:
        yield observation
        yield from _all_of(observation.members)


def _outside_first(section: Section, extras: dict[str, dict[str, Any]]) -> Section:
    results = [replace(r, **extras.get(r.anchor, {})) for r in section.results]
    ordered = sorted(results, key=lambda r: not (r.is_outside or r.is_marked))
    return replace(section, results=tuple(ordered))


def _with_words(section: Section, words: Sequence[ShownText], *, part: int) -> Section:
    """Difficult words are explained under the texts they stand in."""
    marking = Marking(words, part=str(part))
    passages = tuple(
        replace(p, marked=marking.mark(p.text, is_markup=p.is_markup))
        for p in section.passages
    )
    return replace(section, passages=passages, words=marking.found)
