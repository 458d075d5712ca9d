"""Lines of the access log, in words; for the patient, and for who follows up."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import LogLine
from access.roles import role_name
from access.terms import ABOUT_ONE_REPORT
from portal.presenting.dates import clock, day_in_words
from portal.presenting.lists import Tag


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log, in words."""

    who: str
    place: str
    what: str
    why: str
    time: str
    icon: str
    tone: str
    tags: tuple[Tag, ...]
    id: uuid.UUID | None = None
    may_be_asked_about: bool = False


@dataclass(frozen=True, slots=True)
class LogDay:
    heading: str
    looks: tuple[Look, ...]


def present_log(lines: Sequence[LogLine]) -> tuple[LogDay, ...]:
    """Newest first, under the day each look was made."""
    days = groupby(lines, lambda line: timezone.localdate(line.at))
    return tuple(
        LogDay(day_in_words(day), tuple(_look(line) for line in looks))
        for day, looks in days
    )


def present_log_count(lines: Sequence[LogLine]) -> str:
    count = len(lines)
    words = ngettext(
        "%(count)s oppslag, nyeste først", "%(count)s oppslag, nyeste først", count
    )
    return words % {"count": count}


def _look(line: LogLine) -> Look:
    role = role_name(line.role_code) if line.role_code else ""
    why = [str(term.label) for term in (line.basis, line.purpose) if term]
    return Look(
        who=_("Deg selv") if line.is_own else line.viewer_name or _("Ukjent person"),
        place=", ".join(part for part in (role, line.organization_name) if part),
        what=_what(line),
        why=" · ".join(why),
        time=clock(line.at),
        icon=_icon(line),
        tone=_tone(line),
        tags=_tags(line),
        id=line.id,
        may_be_asked_about=bool(line.id and line.organization_name and not line.is_own),
    )


def _what(line: LogLine) -> str:
    if not line.is_permitted:
        return _("Prøvde, men fikk ikke se noe")
    words = str(line.action.label)
    is_named = line.action in ABOUT_ONE_REPORT and line.report_title
    return f"{words}: {line.report_title}" if is_named else words


def _icon(line: LogLine) -> str:
    if not line.is_permitted:
        return "PadlockLocked"
    return "Person" if line.is_own else "Eye"


def _tone(line: LogLine) -> str:
    if not line.is_permitted:
        return "tissue"
    return "plain" if line.is_own else "image"


def _tags(line: LogLine) -> tuple[Tag, ...]:
    own = [Tag(_("Deg"), "own")] if line.is_own else []
    refused = [] if line.is_permitted else [Tag(_("Avvist"), "warning")]
    return (*own, *refused)
