"""The requester's worklist in words: who, what, how long it has waited."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import DeputyLine, ToAssess
from portal.presenting.dates import written_at
from portal.presenting.lists import ReportLine, Tag, present_line
from portal.presenting.patients import record_name


@dataclass(frozen=True, slots=True)
class AssessLine:
    """One answer that waits, with enough to know whose it is."""

    line: ReportLine
    patient: str
    born: str
    since: str
    waited: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class ShownDeputy:
    """One who assesses for the reader, and when."""

    id: str
    who: str
    when: str


def present_to_assess(found: ToAssess, *, now: datetime.datetime) -> AssessLine:
    birth_date = found.patient.birth_date
    return AssessLine(
        line=present_line(found.report),
        patient=record_name(found.patient.name) or _("Ukjent navn"),
        born=_("født %(day)s") % {"day": f"{birth_date:%d.%m.%Y}"}
        if birth_date
        else "",
        since=written_at(found.since),
        waited=waited(found.since, now=now),
        tags=_tags(found),
    )


def waited(since: datetime.datetime, *, now: datetime.datetime) -> str:
    """«i dag», or in whole days, by the calendar in Norway."""
    days = (timezone.localdate(now) - timezone.localdate(since)).days
    if days < 1:
        return _("i dag")
    return ngettext("%(count)s dag", "%(count)s dager", days) % {"count": days}


def present_count(count: int, oldest: datetime.datetime | None) -> str:
    """«3 svar venter på at du vurderer dem …»; empty when none do."""
    if not count or oldest is None:
        return ""
    words = ngettext(
        "%(count)s svar venter på at du vurderer det. Det kom %(when)s.",
        "%(count)s svar venter på at du vurderer dem. Det eldste kom %(when)s.",
        count,
    )
    return words % {"count": count, "when": written_at(oldest)}


def present_deputy(line: DeputyLine) -> ShownDeputy:
    who = line.name or _("HPR-nummer %(number)s") % {"number": line.hpr_number}
    begins = f"{line.valid_from:%d.%m.%Y}"
    if line.valid_to is None:
        when = _("fra %(day)s") % {"day": begins}
    else:
        last = line.valid_to - datetime.timedelta(days=1)
        when = _("fra %(first)s til og med %(last)s") % {
            "first": begins,
            "last": f"{last:%d.%m.%Y}",
        }
    return ShownDeputy(str(line.id), who, when)


def _tags(found: ToAssess) -> tuple[Tag, ...]:
    tags = [
        (found.is_reminded, Tag(_("Har ventet lenge"), "warning")),
        (found.is_corrected, Tag(_("Rettet etter vurdering"), "warning")),
        (found.is_covered, Tag(_("Som stedfortreder"), "plain")),
    ]
    return tuple(tag for is_so, tag in tags if is_so)
