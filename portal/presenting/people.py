"""People one sees answers for, and who see for oneself, in words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.lookup import ParentLine, PersonLine, PowerLine
from access.representation import RepresentationFault, Scope
from portal.presenting.patients import spoken_name
from results.vocabulary import Discipline


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """`id` is the opaque key."""

    id: str
    name: str
    basis: str
    until: str


@dataclass(frozen=True, slots=True)
class ShownPower:
    id: str
    whom: str
    what: str
    until: str


@dataclass(frozen=True, slots=True)
class ShownParent:
    id: str
    name: str
    is_let: bool


def present_people(lines: Iterable[PersonLine]) -> tuple[ShownPerson, ...]:
    """A person no report has named is told by a masked number."""
    return tuple(
        ShownPerson(
            id=str(line.patient_id),
            name=spoken_name(line.name) or line.masked_number,
            basis=str(line.basis.label),
            until=_until(line.valid_to),
        )
        for line in lines
    )


def present_powers(lines: Iterable[PowerLine]) -> tuple[ShownPower, ...]:
    return tuple(
        ShownPower(
            id=str(line.id),
            whom=line.masked_number,
            what=in_words(line.scope),
            until=_until(line.valid_to),
        )
        for line in lines
    )


def present_parents(lines: Iterable[ParentLine]) -> tuple[ShownParent, ...]:
    return tuple(
        ShownParent(
            id=str(line.patient_id),
            name=spoken_name(line.name) or line.masked_number,
            is_let=line.is_let,
        )
        for line in lines
    )


def in_words(scope: Scope) -> str:
    """«Alle svar», «Mikrobiologi, fra 1. januar 2026», and whether the log is seen."""
    names = [str(Discipline(code).label) for code in sorted(scope.categories)]
    parts = [", ".join(names) if names else _("Alle svar")]
    if scope.reports_from:
        parts.append(_("fra og med %(day)s") % {"day": _day(scope.reports_from)})
    if scope.reports_to:
        last = scope.reports_to - datetime.timedelta(days=1)
        parts.append(_("til og med %(day)s") % {"day": _day(last)})
    if scope.includes_log:
        parts.append(_("og hvem som har sett svarene"))
    return ", ".join(parts)


def _until(valid_to: datetime.date | None) -> str:
    """The last day it holds."""
    if valid_to is None:
        return _("Gjelder til den blir avsluttet")
    last = valid_to - datetime.timedelta(days=1)
    return _("Gjelder til og med %(day)s") % {"day": _day(last)}


def _day(day: datetime.date) -> str:
    return date_format(day, "j. F Y")


def fault_in_words(fault: RepresentationFault) -> str:
    """Why it could not be registered, and what to do."""
    return {
        RepresentationFault.ONESELF: _(
            "Nummeret er ditt eget. Skriv nummeret til den som skal se svarene."
        ),
        RepresentationFault.GIVER_TOO_YOUNG: _(
            "Du kan gi fullmakt fra du har fylt 16 år."
        ),
        RepresentationFault.RECEIVER_TOO_YOUNG: _(
            "Den som får fullmakt, må ha fylt 18 år."
        ),
        RepresentationFault.DATES_REVERSED: _(
            "Den siste dagen er før den første. Bytt om på dagene."
        ),
        RepresentationFault.IN_THE_PAST: _("Velg en dag frem i tid."),
        RepresentationFault.OVERLAPS: _(
            "Denne personen har allerede en fullmakt fra deg. Endre den i stedet."
        ),
        RepresentationFault.ADDRESS_PROTECTED: _(
            "Fullmakt kan ikke brukes når adressen din er sperret."
        ),
        RepresentationFault.DECEASED: _("Personen er registrert som død."),
        RepresentationFault.NOT_DECEASED: _("Personen er ikke registrert som død."),
        RepresentationFault.NOT_A_YOUTH: _(
            "Bare du som er mellom 12 og 16 år, bestemmer om foreldre ser svarene."
        ),
        RepresentationFault.NOT_A_PARENT: _(
            "Personen er ikke registrert med foreldreansvar for deg."
        ),
        RepresentationFault.TOO_MANY: _(
            "Du har gitt så mange fullmakter du kan. Avslutt en av dem først."
        ),
    }[fault]
