"""Nothing leaves that rests on what was changed while it was read."""

import pytest

from access import lookup, operations
from access.limits import RestrictionScope
from access.lookup import answers
from access.models import AccessLogEntry
from access.terms import Action, Reason
from results import queries
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen after the decision, while the list is read."""

    def arrange(happens, *, times: int = 1):
        left = [happens] * times
        read = queries.reports_of

        def reading(patient_id, *, is_counted=True):
            found = read(patient_id, is_counted=is_counted)
            if left:
                left.pop()()
            return found

        monkeypatch.setattr(queries, "reports_of", reading)

    return arrange


def blocks(kari):
    lookup.block(kari, patient_id=kari.patient_id, hpr_number=cast.OLA.hpr_number)


def entries():
    rows = AccessLogEntry.objects.filter(action="list-reports").order_by("at", "id")
    return list(rows.values_list("is_permitted", "reason"))


def test_who_is_blocked_while_reading_gets_nothing(ola, kari, monkeypatch):
    """Ola's first attempt decides on what was so before Kari blocked him."""
    load = answers.load_facts
    request = answers.request_for(Action.LIST_REPORTS, ola, kari.patient_id)
    stale = [load(request)]
    blocks(kari)
    monkeypatch.setattr(
        answers, "load_facts", lambda asked: stale.pop() if stale else load(asked)
    )

    answer = lookup.list_reports(ola, patient_id=kari.patient_id)

    assert (answer.value, stale) == (None, [])
    assert answer.verdict.reason is Reason.BLOCKED
    assert entries() == [(False, "BLOCKED")]


def test_who_meets_a_change_every_time_is_refused(ola, kari, meanwhile):
    def changes():
        operations.restrictions.count_change(kari.patient_id)

    meanwhile(changes, times=answers.ATTEMPTS)
    answer = lookup.list_reports(ola, patient_id=kari.patient_id)

    assert answer.verdict.reason is Reason.POLICY_CHANGED
    assert entries() == [(False, "POLICY_CHANGED")]


def test_one_change_that_does_not_concern_ola_costs_him_nothing(ola, kari, meanwhile):
    def closes():
        lookup.restrict(
            kari,
            patient_id=kari.patient_id,
            scope=RestrictionScope.DISCIPLINE,
            category="PAT",
        )

    meanwhile(closes)
    answer = lookup.list_reports(ola, patient_id=kari.patient_id)

    assert answer.value
    assert entries() == [(True, "PERMITTED")]


def test_a_need_that_ends_while_it_is_used_gives_nothing(ola, kari, meanwhile):
    meanwhile(lambda: lookup.close_patient(ola), times=answers.ATTEMPTS)

    answer = lookup.list_reports(ola, patient_id=kari.patient_id)

    assert answer.value is None
    assert entries() == [(False, "POLICY_CHANGED")]


def test_karis_own_reading_waits_for_nobody(kari, meanwhile):
    meanwhile(lambda: operations.restrictions.count_change(kari.patient_id), times=9)

    assert lookup.list_reports(kari, patient_id=kari.patient_id).value


def test_a_first_limit_is_seen_as_a_change(ola, kari, meanwhile):
    """The row the changes are counted in is there before there is a limit."""
    meanwhile(lambda: blocks(kari), times=answers.ATTEMPTS)

    assert lookup.list_reports(ola, patient_id=kari.patient_id).value is None
