"""What was found, a line each: a sentence, a code, a unit, and where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from results.ingestion.check import CodeFinding, CodeProblem, Place, UnitFinding

_Words = str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, where in the file it is about, and the code of a fault."""

    text: str
    place: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code, or a unit, that should be looked at."""

    code: str
    name: str
    system: str
    problem: _Words
    suggestion: str
    where: str


# In this order on the page: what can be mended first.
_PROBLEMS: dict[CodeProblem, _Words] = {
    CodeProblem.UNKNOWN: gettext_lazy("Finnes ikke i kodeverket"),
    CodeProblem.RETIRED: gettext_lazy("Utgått av kodeverket"),
    CodeProblem.RESPELT: gettext_lazy(
        "Forstått, men skrevet annerledes enn i kodeverket"
    ),
    CodeProblem.LOCAL: gettext_lazy("Lokal kode, som andre ikke kjenner"),
    CodeProblem.NO_LIST: gettext_lazy("Kodeverket er ikke lagt inn her"),
}


def present_codes(findings: Iterable[CodeFinding]) -> tuple[CodeLine, ...]:
    return tuple(_code_line(each) for each in sorted(findings, key=_rank))


def present_units(findings: Iterable[UnitFinding]) -> tuple[CodeLine, ...]:
    return tuple(_unit_line(each) for each in findings)


def present_place(place: Place | None) -> str:
    if place is None:
        return ""
    where = {"line": place.line, "column": place.column}
    return _("Linje %(line)s, kolonne %(column)s") % where


def _rank(finding: CodeFinding) -> int:
    return list(_PROBLEMS).index(finding.problem)


def _code_line(finding: CodeFinding) -> CodeLine:
    suggestion = finding.suggestion
    return CodeLine(
        code=finding.code,
        name=finding.name if finding.name != finding.code else "",
        system=finding.system,
        problem=_PROBLEMS[finding.problem],
        suggestion=f"{suggestion.code} {suggestion.name}" if suggestion else "",
        where=_where(finding),
    )


def _unit_line(finding: UnitFinding) -> CodeLine:
    words = gettext_lazy("Har ingen sikker skrivemåte i UCUM")
    return CodeLine(finding.unit, "", "", words, "", _where(finding))


def _where(finding: CodeFinding | UnitFinding) -> str:
    """The first place, and how many more there are."""
    first = finding.where[0] if finding.where else ""
    more = finding.count - 1
    if more < 1:
        return str(first)
    words = ngettext(
        "%(first)s og %(more)s sted til", "%(first)s og %(more)s steder til", more
    )
    return words % {"first": first, "more": more}
