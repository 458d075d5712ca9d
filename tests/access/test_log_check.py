"""Every night some patients' pages are held to the log; a difference is an alarm."""

import datetime

import pytest
import time_machine

from access import log, log_check
from access.log import LINES_ON_A_PAGE
from access.log_check import check_pages
from access.tasks import check_log_pages
from results.models import Alarm
from tests import cast
from tests.access.sealing.looking import looked

pytestmark = pytest.mark.django_db

NIGHT = datetime.datetime(2026, 11, 2, 22, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _tonight():
    with time_machine.travel(NIGHT, tick=False):
        yield


def open_alarms() -> list[str]:
    return [a.key for a in Alarm.objects.filter(kind="access-log", closed_at=None)]


def test_a_page_that_leaves_out_refusals_is_found(monkeypatch, caplog):
    looked(3)
    whole = log._of
    monkeypatch.setattr(log, "_of", lambda p: whole(p).filter(action="open-report"))

    assert check_pages() == 1

    assert open_alarms() == ["page:differs"]
    assert Alarm.objects.get().is_urgent
    assert cast.KARI.number not in caplog.text


def test_a_page_that_ends_too_early_is_found(monkeypatch):
    looked(LINES_ON_A_PAGE + 1)

    def only_the_first(patient_id, selection):
        page = log.page_of(patient_id, selection)
        return log.LogPage(lines=page.lines)

    monkeypatch.setattr(log_check, "page_of", only_the_first)

    assert check_pages() == 1


def test_a_page_that_shows_anothers_lines_is_found(monkeypatch):
    looked(1)
    looked(1, patient=cast.number_of(cast.PER))
    monkeypatch.setattr(log.queries, "known_as", lambda p: everybody())

    assert check_pages() == 2


def everybody():
    from access.models import AccessLogEntry

    return set(AccessLogEntry.objects.values_list("patient_id", flat=True))


def test_when_all_agree_the_alarm_is_over(monkeypatch):
    looked(2 * LINES_ON_A_PAGE + 1)
    with monkeypatch.context() as broken:
        broken.setattr(log_check, "_shown", lambda p, until: [])
        check_log_pages()

    check_log_pages()

    assert open_alarms() == []


def test_no_more_than_the_sample_is_gone_through(monkeypatch):
    for person in (cast.KARI, cast.PER, cast.NORA):
        looked(1, patient=cast.number_of(person))
    monkeypatch.setattr(log_check, "_shown", lambda p, until: [])

    assert check_pages(sample=2) == 2


def test_who_was_looked_at_before_yesterday_has_been_gone_through(monkeypatch):
    looked(1, at=NIGHT - datetime.timedelta(days=2))
    monkeypatch.setattr(log_check, "_shown", lambda p, until: [])

    assert check_pages() == 0
