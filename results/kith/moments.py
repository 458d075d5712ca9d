"""KITH's TS: a date or a time at whatever precision the sender had (XML Schema)."""

import datetime
import re
from zoneinfo import ZoneInfo

from results.parsed import ParsedMoment

NORWAY = ZoneInfo("Europe/Oslo")

_WIDEST_ZONE = 14 * 60  # minutes, by XML Schema
_ZONE = r"(?P<zone>Z|[+-]\d\d:\d\d)?"
_DATE = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)" + _ZONE, re.ASCII)
_DATE_TIME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)"
    r"(?:\.(?P<fraction>\d+))?)?" + _ZONE,
    re.ASCII,
)
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
    try:
        if found := _DATE_TIME.fullmatch(text):
            at = _time(found)
            return ParsedMoment(as_sent=text, date=at.date(), at=at)
        if found := _DATE.fullmatch(text):
            return ParsedMoment(
                as_sent=text, date=datetime.date.fromisoformat(found["day"])
            )
    except (ValueError, OverflowError):
        pass
    return ParsedMoment(as_sent=text)


def is_moment(moment: ParsedMoment) -> bool:
    """Whether the text is any of the forms TS allows, year alone included."""
    is_less = _LESS_THAN_A_DAY.fullmatch(moment.as_sent) is not None
    return moment.date is not None or is_less


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


def _time(found: re.Match[str]) -> datetime.datetime:
    is_midnight_after = found["hour"] == "24"
    if is_midnight_after and int(found["minute"] + (found["second"] or "00")):
        raise ValueError("24 is only midnight")
    at = datetime.datetime.combine(
        datetime.date.fromisoformat(found["day"]),
        datetime.time(
            hour=0 if is_midnight_after else int(found["hour"]),
            minute=int(found["minute"]),
            second=int(found["second"] or 0),
            microsecond=int((found["fraction"] or "").ljust(6, "0")[:6]),
        ),
    )
    at += datetime.timedelta(days=int(is_midnight_after))
    if not found["zone"]:
        return at.replace(tzinfo=NORWAY)
    return at.replace(tzinfo=_zone(found["zone"])).astimezone(NORWAY)


def _zone(text: str) -> datetime.tzinfo:
    if text == "Z":
        return datetime.UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    if minutes > 59 or hours * 60 + minutes > _WIDEST_ZONE:
        raise ValueError("no such zone")
    offset = datetime.timedelta(hours=hours, minutes=minutes)
    return datetime.timezone(-offset if text[0] == "-" else offset)
