"""The doctor's landing page in plain values: the table, and what it is chosen by."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import Followed
from portal.clinician.addresses import report_addresses
from portal.clinician.standing import Standing, present_standing
from portal.presenting.cumulative import (
    LONGEST_SEARCH,
    MARKS,
    SHOWN_AT_FIRST,
    Choice,
    RecentTest,
    Selection,
    Table,
    arrange,
    disciplines,
    names,
    periods,
    present_table,
    recent_tests,
)
from portal.presenting.limits import present_closed
from portal.presenting.patients import ShownPatient, present_patient

# What an address may say of the table, in the order it is written.
ASKED = ("sok", "periode", "lab", "rekvirent", "fag", "avvik", "alt")


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be chosen, and what is."""

    search: str
    longest_search: int
    periods: tuple[Choice, ...]
    laboratories: tuple[Choice, ...]
    requesters: tuple[Choice, ...]
    disciplines: tuple[Choice, ...]
    is_outside_only: bool
    is_narrowed: bool
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CumulativePage:
    """`nothing` says why there is no table; `newer` and `older` are addresses."""

    patient: ShownPatient
    filters: Filters
    table: Table
    nothing: str
    newer: str
    older: str
    marks: tuple[tuple[str, str], ...]
    oldest_first: bool
    new_count: int
    closed: str
    is_elevated: bool
    standing: Standing
    recent: tuple[RecentTest, ...]
    recent_first: tuple[RecentTest, ...]
    recent_link: str
    recent_url: str
    shows_recent: bool
    left_out: str
    whole_url: str


def present_cumulative_page(
    found: Followed,
    selection: Selection,
    *,
    asked: Mapping[str, str],
    oldest_first: bool,
    today: datetime.date,
) -> CumulativePage:
    """What is chosen of what was found."""
    address_of = report_addresses(found.patient.patient_id, found.reports)
    recent = recent_tests(found, today=today, address_of=address_of)
    arranged = arrange(found, selection, today=today)
    table = present_table(
        arranged,
        selection,
        oldest_first=oldest_first,
        address_of=address_of,
    )
    kept = tuple((name, asked[name]) for name in ASKED if asked.get(name))
    requesters = {report.requester_name for report in found.reports}
    laboratories = {report.performer_name for report in found.reports}
    categories = arranged.categories | {r.category.value for r in found.reports}
    return CumulativePage(
        patient=present_patient(found.patient, today=today),
        filters=Filters(
            search=asked.get("sok", "")[:LONGEST_SEARCH],
            longest_search=LONGEST_SEARCH,
            periods=periods(selection),
            laboratories=names(laboratories, selection.laboratory),
            requesters=names(requesters, selection.requester),
            disciplines=disciplines(categories, selection.category),
            is_outside_only=selection.is_outside_only,
            is_narrowed=selection.is_narrowed,
            kept=kept,
        ),
        table=table,
        nothing="" if table.groups else _nothing(found, selection),
        newer=_address(kept, table.newer),
        older=_address(kept, table.older) or _further(found, table),
        marks=tuple(MARKS().items()),
        oldest_first=oldest_first,
        new_count=sum(report.is_new for report in found.reports),
        closed=present_closed(found.closed),
        is_elevated=found.is_elevated,
        standing=present_standing(found.reports),
        recent=recent,
        recent_first=recent[:SHOWN_AT_FIRST],
        recent_link=_recent_link(len(recent)),
        recent_url="?" + urlencode([*kept, ("nylig", 1)]) + "#nylig",
        shows_recent=selection.shows_recent,
        left_out=_left_out(found),
        whole_url="?alt=1",
    )


def _nothing(found: Followed, selection: Selection) -> str:
    if selection.is_narrowed and found.results:
        return _("Ingen av svarene her passer med det du har valgt.")
    if found.reports:
        return _("Det er ingen resultater å vise i tabellen. Se «Etter rapport».")
    return ""


def _left_out(found: Followed) -> str:
    if not found.left_out:
        return ""
    return _("De %(read)s nyeste av %(all)s svarrapporter er med i tabellen.") % {
        "read": len(found.reports) - found.left_out,
        "all": len(found.reports),
    }


def _further(found: Followed, table: Table) -> str:
    """After the last page of what was read comes the next of all there is."""
    if not found.left_out:
        return ""
    return "?" + urlencode([("alt", 1), ("side", table.page + 1)])


def _recent_link(count: int) -> str:
    return ngettext(
        "Se den, med intervall og kilde",
        "Se alle %(count)s, med intervall og kilde",
        count,
    ) % {"count": count}


def _address(kept: tuple[tuple[str, str], ...], page: int) -> str:
    if not page:
        return ""
    return "?" + urlencode([*kept, ("side", page)])
