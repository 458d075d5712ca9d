"""What was looked at in a message, each in a word: the overview under the verdict."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from results.ingestion.check import CodeProblem, Examination, SchemaState

_Words = str | Promise


@dataclass(frozen=True, slots=True)
class Step:
    """One of the things that are looked at; `tone` is good, remark, bad or unknown."""

    anchor: str
    name: _Words
    words: str
    tone: str
    icon: str


_ICONS = {
    "good": "CheckmarkCircle",
    "remark": "ExclamationmarkTriangle",
    "bad": "XMarkOctagon",
    "unknown": "MinusCircle",
}
_WRONG = (CodeProblem.UNKNOWN, CodeProblem.RETIRED, CodeProblem.RESPELT)
SCHEMA: dict[SchemaState, tuple[_Words, str]] = {
    SchemaState.FOLLOWED: (gettext_lazy("Meldingen følger XML-skjemaet."), "good"),
    SchemaState.BROKEN: (gettext_lazy("Meldingen avviker fra XML-skjemaet."), "remark"),
    SchemaState.NOT_INSTALLED: (
        gettext_lazy("Ikke kontrollert: XML-skjemaene er ikke lagt inn her."),
        "unknown",
    ),
    SchemaState.NOT_CHECKED: (
        gettext_lazy("Ikke kontrollert: meldingen kunne ikke leses."),
        "unknown",
    ),
    SchemaState.HAS_NONE: (
        gettext_lazy("FHIR har ikke noe XML-skjema. Reglene under gjelder."),
        "unknown",
    ),
}


def verdict(found: Examination) -> str:
    if not found.is_accepted:
        return _("Meldingen blir avvist")
    has_remarks = any(step.tone == "remark" for step in present_steps(found))
    if has_remarks:
        return _("Meldingen blir tatt imot, men noe bør rettes")
    return _("Meldingen blir tatt imot")


def present_steps(found: Examination) -> Iterator[Step]:
    """What was looked at, in the order of the page."""
    unread = _("Ikke kontrollert")
    reading = _("Ja") if not found.syntax_fault else _("Nei")
    yield _step("lesbar", _("Kan leses"), reading, bad=bool(found.syntax_fault))
    schema, tone = SCHEMA[found.schema]
    words = str(schema)
    if found.schema_problems:
        words = _counted(len(found.schema_problems), _("Følges"))
    yield Step("skjema", _("Skjema"), words, tone, _ICONS[tone])
    faults, warnings = len(found.faults), len(found.warnings)
    words = _broken(faults) if faults else _counted(warnings, _("Følges"))
    yield _step(
        "regler",
        _("Regler"),
        unread if found.syntax_fault else words,
        bad=faults > 0 and not found.syntax_fault,
        remark=warnings > 0,
        unknown=bool(found.syntax_fault),
    )
    yield _codes_step(found, unread)
    units = len(found.units)
    words = _counted(units, _("Alle er kjent"))
    is_read = found.report is not None
    yield _step(
        "enheter",
        _("Enheter"),
        words if is_read else unread,
        remark=units > 0,
        unknown=not is_read,
    )


def _codes_step(found: Examination, unread: str) -> Step:
    """Only what the sender can mend is a remark: not a list that we lack."""
    by_problem = Counter(finding.problem for finding in found.codes)
    wrong = sum(by_problem[problem] for problem in _WRONG)
    unchecked, local = by_problem[CodeProblem.NO_LIST], by_problem[CodeProblem.LOCAL]
    if found.report is None:
        words = unread
    elif wrong or not (unchecked or local):
        words = _counted(wrong, _("Alle er kjent"))
    elif unchecked:
        words = _("Ikke alle kunne kontrolleres")
    else:
        words = ngettext("%(count)s lokal kode", "%(count)s lokale koder", local) % {
            "count": local
        }
    return _step(
        "koder",
        _("Koder"),
        words,
        remark=wrong > 0,
        unknown=found.report is None or (unchecked > 0 and not wrong),
    )


def _step(
    anchor: str,
    name: str,
    words: str,
    *,
    bad: bool = False,
    remark: bool = False,
    unknown: bool = False,
) -> Step:
    tones = (("bad", bad), ("unknown", unknown), ("remark", remark), ("good", True))
    tone = next(tone for tone, holds in tones if holds)
    return Step(anchor, name, words, tone, _ICONS[tone])


def _counted(count: int, none: str) -> str:
    if not count:
        return none
    words = ngettext("%(count)s merknad", "%(count)s merknader", count)
    return words % {"count": count}


def _broken(count: int) -> str:
    words = ngettext("%(count)s feil", "%(count)s feil", count)
    return words % {"count": count}
