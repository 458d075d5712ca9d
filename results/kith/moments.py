"""KITH's TS: a date or a time at whatever precision the sender had (XML Schema)."""

import datetime
import re
from functools import lru_cache
from zoneinfo import ZoneInfo

from results.parsed import ParsedMoment

_LONGEST_KEPT = 40
NORWAY = ZoneInfo("Europe/Oslo")

_WIDEST_ZONE = datetime.timedelta(hours=14)  # by XML Schema
_ZONE = r"(?P<zone>Z|[+-]\d\d:[0-5]\d)?"
_DATE = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)" + _ZONE, re.ASCII)
_DATE_TIME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)T\d\d:\d\d(?P<second>:\d\d(?:\.\d+)?)?" + _ZONE,
    re.ASCII,
)
_MIDNIGHT_AFTER = re.compile(r"T24:00(?::00(?:\.0+)?)?(?=[Z+-]|$)")
_LESS_THAN_A_DAY = re.compile(
    r"\d{4}(?:-\d\d)?(?:Z|[+-]\d\d:\d\d)?"  # gYear, gYearMonth
    r"|\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?",  # time
    re.ASCII,
)


def parse(text: str) -> ParsedMoment:
    """A moment; `at` and `date` are Norwegian time, `as_sent` the text.

    No zone is read as Norwegian time. A date never becomes a time of day. Decimals
    beyond microseconds are cut. Text that is no date has nothing but `as_sent`.
    """
    text = text.strip()
    return _kept(text) if len(text) <= _LONGEST_KEPT else _read(text)


def _read(text: str) -> ParsedMoment:
    try:
        if _DATE_TIME.fullmatch(text):
            at = _time(text)
            return ParsedMoment(as_sent=text, date=at.date(), at=at)
        if found := _DATE.fullmatch(text):
            return ParsedMoment(
                as_sent=text, date=datetime.date.fromisoformat(found["day"])
            )
    except (ValueError, OverflowError):
        pass
    return ParsedMoment(as_sent=text)


# A message says the same few times over and over.
_kept = lru_cache(maxsize=4096)(_read)


def is_moment(moment: ParsedMoment) -> bool:
    """Whether the text is any of the forms TS allows, year alone included."""
    if moment.date is not None:
        return True
    return _LESS_THAN_A_DAY.fullmatch(moment.as_sent) is not None


def as_date_time(text: str | None) -> str | None:
    """The text as the `xs:dateTime` a receipt must hold: a day becomes its midnight
    (dialect F3); None when it is not even a day."""
    moment = parse(text or "")
    found = _DATE.fullmatch(moment.as_sent)
    if found and moment.date:
        return f"{found['day']}T00:00:00{found['zone'] or ''}"
    full = _DATE_TIME.fullmatch(moment.as_sent)
    if moment.at is None or full is None:
        return None
    return moment.as_sent if full["second"] else moment.at.isoformat()


def _time(text: str) -> datetime.datetime:
    """Norwegian time. XML Schema's 24:00 is the midnight that ends the day."""
    if is_midnight_after := "T24:" in text:
        text = _MIDNIGHT_AFTER.sub("T00:00:00", text)
    at = datetime.datetime.fromisoformat(text)
    if is_midnight_after:
        at += datetime.timedelta(days=1)
    offset = at.utcoffset()
    if offset is None:
        return at.replace(tzinfo=NORWAY)
    if abs(offset) > _WIDEST_ZONE:
        raise ValueError("no such zone")
    return at.astimezone(NORWAY)
