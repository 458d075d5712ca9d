"""Kari goes through her log: all of it can be reached, and narrowed down."""

import datetime
import re
import uuid

import pytest
import time_machine

from access.log import LINES_ON_A_PAGE
from access.models import AccessLogEntry
from tests import cast
from tests.portal.visiting import a_visitor, state_need

pytestmark = pytest.mark.django_db

LOG = "/innbygger/hvem-har-sett/"


def page_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def lines_in(page: str) -> list[str]:
    return re.findall(r'<li class="look">.*?</li>', page)


def older_in(page: str) -> str | None:
    link = re.search(r'rel="next" href="([^"]+)"', page)
    return link and link[1].replace("&amp;", "&")


def looked(times: int, *, by=cast.OLA) -> None:
    """Ola opens Kari and reads her list so many times."""
    doctor = a_visitor(by)
    address = state_need(doctor, cast.KARI)["Location"]
    for _look in range(times):
        doctor.get(address)


def test_a_look_of_anothers_log_is_no_place_to_begin():
    looked(1)
    kari, per = a_visitor(cast.KARI), a_visitor(cast.PER)
    karis = AccessLogEntry.objects.earliest("at")

    page = page_of(per.get(f"{LOG}?eldre={karis.id}"))

    assert lines_in(page) == []
    assert "Ola Lind" in page_of(kari.get(LOG))


@pytest.mark.parametrize(
    "query",
    ["fra=i+fjor", "til=2026-02-30", "person=Ola", "virksomhet=1", "eldre=0"],
)
def test_what_cannot_be_understood_narrows_nothing(query):
    looked(1)

    answer = a_visitor(cast.KARI).get(f"{LOG}?{query}")

    assert answer.status_code == 200
    assert len(lines_in(page_of(answer))) == 2


def test_a_date_that_is_not_one_is_told():
    page = page_of(a_visitor(cast.KARI).get(f"{LOG}?fra=2026-02-30"))

    assert "Skriv en dato som finnes." in page


def test_every_line_is_reached_and_none_twice():
    looked(2 * LINES_ON_A_PAGE)
    kari, path, seen = a_visitor(cast.KARI), LOG, []
    total = AccessLogEntry.objects.count()

    while path:
        page = page_of(kari.get(path))
        seen.append(len(lines_in(page)))
        query = older_in(page)
        path = query and LOG + query

    # She sees her own readings of the pages before only when she begins anew.
    assert seen == [LINES_ON_A_PAGE, LINES_ON_A_PAGE, total - 2 * LINES_ON_A_PAGE]


def test_the_next_page_keeps_what_was_chosen():
    looked(LINES_ON_A_PAGE + 1)
    kari = a_visitor(cast.KARI)
    ola = AccessLogEntry.objects.earliest("at").user_id

    page = page_of(kari.get(f"{LOG}?person={ola}"))

    assert f"person={ola}" in older_in(page)
    assert "Deg selv" not in page_of(kari.get(LOG + older_in(page)))


def test_one_person_or_one_organisation_is_picked_out():
    looked(1)
    looked(1, by=cast.INGRID)
    kari = a_visitor(cast.KARI)
    ingrid = AccessLogEntry.objects.filter(viewer_name=cast.INGRID.name).first()

    by_person = page_of(kari.get(f"{LOG}?person={ingrid.user_id}"))
    by_place = page_of(kari.get(f"{LOG}?virksomhet={ingrid.organization_id}"))

    for page in (by_person, by_place):
        assert len(lines_in(page)) == 2
        assert all(cast.INGRID.name in line for line in lines_in(page))
    assert f'value="{ingrid.user_id}" selected' in by_person


def test_those_to_choose_among_are_those_who_looked_and_not_herself():
    looked(1)
    kari = a_visitor(cast.KARI)
    kari.get(LOG)

    options = re.findall(r"<option[^>]*>([^<]+)", page_of(kari.get(LOG)))

    assert options == ["Alle", "Ola Lind", "Alle", "Lillevik legesenter"]


def test_days_are_norwegian_days_and_both_ends_count():
    with time_machine.travel(
        datetime.datetime(2026, 3, 1, 23, 30, tzinfo=datetime.UTC)
    ):
        looked(1)  # half past midnight in Norway, on the second
    kari = a_visitor(cast.KARI)

    first = page_of(kari.get(f"{LOG}?fra=2026-03-01&til=2026-03-01"))
    second = page_of(kari.get(f"{LOG}?fra=2026-03-02&til=2026-03-02"))

    assert (len(lines_in(first)), len(lines_in(second))) == (0, 2)
    assert "Ingen oppslag passer med det du har valgt." in first


def test_a_stranger_who_signed_in_as_a_citizen_is_not_oneself():
    """Refused, named or not, and never told as «Deg selv»."""
    per = a_visitor(cast.PER)
    kari = a_visitor(cast.KARI)
    from access import lookup

    viewer = cast.the_viewer(cast.PER)
    answer = lookup.list_reports(
        viewer, patient_id=cast.the_viewer(cast.KARI).patient_id
    )

    line = lines_in(page_of(kari.get(LOG)))[0]
    assert answer.value is None
    assert "Deg selv" not in line
    assert "Avvist" in line
    assert per.persona.number not in line


def test_no_key_of_a_record_that_personnel_have_is_kept_with_their_looks():
    looked(1)

    ola = cast.the_viewer(cast.OLA)
    rows = AccessLogEntry.objects.values()

    assert ola.patient_id
    assert ola.patient_id not in {v for row in rows for v in row.values() if v.__hash__}


def test_the_number_searched_for_is_kept_as_a_keyed_hash():
    looked(1)
    looked(0, by=cast.INGRID)

    searches = AccessLogEntry.objects.exclude(search_hash=None)
    hashes = {bytes(entry.search_hash) for entry in searches}

    assert len(searches) == 2
    assert len(hashes) == 1
    assert len(hashes.pop()) == 32


def test_what_was_said_in_defence_is_not_to_be_read_in_the_table():
    ola = a_visitor(cast.OLA)
    state_need(ola, cast.KARI, justification="Ringer om svaret")

    (entry,) = AccessLogEntry.objects.all()

    assert b"svaret" not in bytes(entry.justification_encrypted)
    assert isinstance(entry.session_id, uuid.UUID)
