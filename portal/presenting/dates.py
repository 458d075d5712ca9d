"""Days, times and ages as Norwegians write them."""

import datetime
from typing import Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.languages import day_in_digits

_MONTHS_SHOWN_ALONE = 365


class Moment(Protocol):
    """A date or time at the precision it was sent with (the door's `ParsedMoment`)."""

    @property
    def date(self) -> datetime.date | None: ...

    @property
    def at(self) -> datetime.datetime | None: ...


def day_of(moment: Moment | None) -> datetime.date | None:
    """The Norwegian calendar day, None when not even that is known."""
    if moment is None:
        return None
    return timezone.localdate(moment.at) if moment.at else moment.date


def short_day(moment: Moment | None) -> str:
    """«14.11.2026», or that it was not said."""
    day = day_of(moment)
    return day_in_digits(day) if day else _("dato ikke oppgitt")


def long_day(moment: Moment | None) -> str:
    """«14. november 2026»; empty when not known, since it stands inside titles."""
    day = day_of(moment)
    return day_in_words(day) if day else ""


def day_in_words(when: datetime.date | datetime.datetime) -> str:
    """«14. november 2026»; of a moment, the day it was in Norway."""
    day = timezone.localdate(when) if isinstance(when, datetime.datetime) else when
    # Translators: PHP's letters for dates, as Django takes them.
    return date_format(day, pgettext("format", "j. F Y"))


def day_and_time(moment: Moment | None) -> str:
    """«14.11.2026 kl. 08.42»; a day sent without a time gets none."""
    if moment is None or moment.at is None:
        return short_day(moment)
    return f"{short_day(moment)} {clock(moment.at)}"


def clock(at: datetime.datetime) -> str:
    """«kl. 08.42», in Norwegian time."""
    # Translators: PHP's letters for dates, as Django takes them.
    time = date_format(timezone.localtime(at), pgettext("format", "H.i"))
    return _("kl. %(time)s") % {"time": time}


def written_at(at: datetime.datetime) -> str:
    """A moment of our own, as in the log: «14.11.2026 kl. 08.42»."""
    return f"{day_in_digits(timezone.localdate(at))} {clock(at)}"


def machine_day(moment: Moment | None) -> str:
    """ISO date for the `datetime` attribute; empty when not known."""
    day = day_of(moment)
    return day.isoformat() if day else ""


def period_heading(moment: Moment | None, *, today: datetime.date) -> str:
    """What a list is grouped under: the month, or the year when it is long ago."""
    day = day_of(moment)
    if day is None:
        return _("Uten dato")
    if (today - day).days <= _MONTHS_SHOWN_ALONE:
        return capfirst(date_format(day, pgettext("format", "F Y")))
    return str(day.year)


def age(birth_date: datetime.date | None, *, today: datetime.date) -> str:
    """«42 år»; for infants months or days, as in a record."""
    if birth_date is None:
        return ""
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    years = today.year - birth_date.year - (not had_birthday)
    if years >= 2:
        return _("%(years)s år") % {"years": years}
    days = (today - birth_date).days
    if days < 60:
        return ngettext("%(days)s dag", "%(days)s dager", days) % {"days": days}
    return _("%(months)s md.") % {"months": days * 12 // 365}
