"""What is closed, and to whom, in words."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from access.limits import LimitSetBy
from access.lookup import (
    BlockLine,
    Closed,
    ConsentLine,
    LimitsPage,
    Reservation,
    RestrictionLine,
)
from portal.presenting.dates import day_in_words

_Line = RestrictionLine | BlockLine


@dataclass(frozen=True, slots=True)
class LimitShown:
    """One thing that is closed; `url` is the report's, when it is one, and `lift_url`
    where it is lifted."""

    what: str
    whom: str
    set_by: str
    lift_url: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class LimitsShown:
    restrictions: tuple[LimitShown, ...]
    blocks: tuple[LimitShown, ...]
    people: tuple[tuple[str, str], ...]
    organizations: tuple[tuple[str, str], ...]
    consents: tuple[LimitShown, ...]


def present_limits(page: LimitsPage) -> LimitsShown:
    """The newest first; who is shut out already is not offered again."""
    reader = _Reader(_set_by, lambda key: reverse("citizen:lift", args=[key]))
    return _shown(page, reader, reports="citizen:report")


def present_limits_for_personnel(
    page: LimitsPage, patient_id: uuid.UUID
) -> LimitsShown:
    """The same, said to somebody else: a report is not led to, for it is closed."""
    reader = _Reader(
        _set_by_whom, lambda key: reverse("clinician:lift", args=[patient_id, key])
    )
    return _shown(page, reader, reports="")


@dataclass(frozen=True, slots=True)
class _Reader:
    """How it is said who set a limit, and where this reader lifts it."""

    says: Callable[[_Line], str]
    lift_url: Callable[[uuid.UUID], str]


def _shown(page: LimitsPage, reader: _Reader, *, reports: str) -> LimitsShown:
    blocked = {line.hpr_number for line in page.blocks}
    return LimitsShown(
        restrictions=tuple(
            _restriction(line, reader, reports=reports) for line in page.restrictions
        ),
        blocks=tuple(_block(line, reader) for line in page.blocks),
        people=tuple(p for p in page.have_looked.items() if p[0] not in blocked),
        consents=tuple(_consent(line, reader) for line in page.consents),
        organizations=tuple((str(k), name) for k, name in page.organizations.items()),
    )


@dataclass(frozen=True, slots=True)
class ReservationShown:
    """Since which day nothing is stored; empty while answers are."""

    since: str
    is_erased: bool


def present_reservation(found: Reservation) -> ReservationShown:
    """With the day, as it is said."""
    at = found.reserved_at
    return ReservationShown(
        since=day_in_words(at) if at else "",
        is_erased=found.is_erased,
    )


def present_closed(closed: Closed | None) -> str:
    """What personnel are told is closed: never how much."""
    if closed is None:
        return ""
    if closed.is_all:
        return _("Pasienten har sperret alle svar.")
    parts = [str(category.label) for category in closed.categories]
    if closed.has_single:
        parts.append(_("enkeltsvar"))
    return _("Pasienten har sperret: %(parts)s.") % {"parts": ", ".join(parts)}


def _restriction(line: RestrictionLine, reader: _Reader, *, reports: str) -> LimitShown:
    what = line.category.label if line.category else line.scope.label
    return LimitShown(
        what=str(what),
        whom=line.organization_name or _("alt helsepersonell"),
        set_by=reader.says(line),
        lift_url=reader.lift_url(line.id),
        url=reverse(reports, args=[line.report_id])
        if reports and line.report_id
        else "",
    )


def _block(line: BlockLine, reader: _Reader) -> LimitShown:
    return LimitShown(
        what=line.name or _("Ukjent navn"),
        whom=_("HPR-nummer %(number)s") % {"number": line.hpr_number},
        set_by=reader.says(line),
        lift_url=reader.lift_url(line.id),
    )


def _consent(line: ConsentLine, reader: _Reader) -> LimitShown:
    day = day_in_words(line.given_at)
    until = day_in_words(line.valid_to)
    return LimitShown(
        what=line.name or _("Ukjent navn"),
        whom=_("gitt %(day)s") % {"day": day},
        set_by=_("gjelder til %(day)s") % {"day": until},
        lift_url=reader.lift_url(line.id),
    )


def _set_by(line: _Line) -> str:
    day = day_in_words(line.set_at)
    if line.set_by is LimitSetBy.CITIZEN:
        return _("Satt av deg %(day)s") % {"day": day}
    return _("Satt på ditt ønske av andre %(day)s") % {"day": day}


def _set_by_whom(line: _Line) -> str:
    day = day_in_words(line.set_at)
    return _("%(whom)s, %(day)s") % {"whom": line.set_by.label, "day": day}
