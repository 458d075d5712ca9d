"""Kari was reported on under a D-number before she got a national one."""

import datetime

import pytest

from portal.demo import people
from results.identity import IdentityNumber, check_digits, parse
from results.ingestion import parting
from results.models import (
    Alarm,
    DiagnosticReport,
    DiagnosticReportVersion,
    Observation,
    OperatorAction,
    OptOut,
    PatientIdentifier,
    PatientMerge,
    ReceivedMessage,
    ServiceRequest,
    Specimen,
)
from results.operations import ensure_patient, merging
from results.operations.operator_actions import Act, Refused
from results.queries import patient_header
from results.queries.merges import known_as
from tests.builders import a_person
from tests.results.operators.conftest import SIRI, TURID, reported

pytestmark = pytest.mark.django_db


def a_d_number(of: IdentityNumber) -> IdentityNumber:
    """The same birth date as a D-number; the first that has check digits."""
    start = f"{int(of.digits[0]) + 4}{of.digits[1:6]}"
    nine = next(f"{start}{n}" for n in range(100, 500) if check_digits(f"{start}{n}"))
    return parse(nine + check_digits(nine), allow_test_numbers=True)


KARI = parse(people.KARI.number, allow_test_numbers=True)
KARI_BEFORE = a_d_number(KARI)
PER = parse(people.PER.number, allow_test_numbers=True)
NOON_THAT_DAY = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
TABLES = (
    DiagnosticReport,
    DiagnosticReportVersion,
    Observation,
    Specimen,
    ServiceRequest,
)


@pytest.fixture
def two(send):
    """One report under each number."""
    send(reported("NL-1"))
    send(reported("NL-2", about=kari_before()))
    return merging.find_patient(KARI), merging.find_patient(KARI_BEFORE)


def kari_before():
    return a_person(people.KARI, number=KARI_BEFORE.digits)


def owners() -> dict[str, list]:
    """Every row of a patient's, and whose it is."""
    rows = {m.__name__: list(m.objects.values_list("pk", "patient_id")) for m in TABLES}
    rows["numbers"] = list(PatientIdentifier.objects.values_list("pk", "patient_id"))
    return {name: sorted(pairs) for name, pairs in rows.items()}


def propose(two, **changed) -> PatientMerge:
    surviving, merged = two
    said = {"accepts_conflict": False, "act": SIRI, **changed}
    return merging.propose_merge(surviving, merged, **said)


@pytest.fixture
def merge(two) -> PatientMerge:
    return merging.merge_patients(propose(two).pk, by=TURID)


class TestRefused:
    def test_nobody_is_made_by_being_asked_for(self):
        with pytest.raises(Refused):
            merging.find_patient(PER)

        assert PatientIdentifier.objects.count() == 0

    def test_one_person_is_not_merged_with_themselves(self, two):
        with pytest.raises(Refused):
            propose((two[0], two[0]))

    def test_two_national_numbers_are_hardly_one_person(self, two):
        ensure_patient(PER)
        per = merging.find_patient(PER)

        with pytest.raises(Refused):
            propose((two[0], per))
        assert propose((two[0], per), accepts_conflict=True).accepts_conflict

    def test_they_may_come_into_conflict_before_it_is_carried_out(self, two):
        proposal = propose(two)
        PatientIdentifier.objects.filter(patient_id=two[1].patient_id).update(
            kind="FNR"
        )

        with pytest.raises(Refused):
            merging.merge_patients(proposal.pk, by=TURID)

    def test_nobody_carries_out_what_they_proposed(self, two):
        proposal = propose(two)

        with pytest.raises(Refused):
            merging.merge_patients(proposal.pk, by=SIRI.by)

        assert owners() == owners_of(two)

    def test_one_is_proposed_once_at_a_time(self, two):
        propose(two)

        with pytest.raises(Refused):
            propose(two)

    def test_what_was_declined_is_not_carried_out(self, two):
        proposal = propose(two)
        merging.decline_merge(proposal.pk, by=SIRI.by)

        with pytest.raises(Refused):
            merging.merge_patients(proposal.pk, by=TURID)
        assert propose(two).pk != proposal.pk

    def test_what_is_not_merged_is_not_parted(self, two):
        with pytest.raises(Refused):
            parting.part(propose(two).pk, act=SIRI)

    def test_a_later_merge_is_undone_first(self, merge):
        ensure_patient(PER)
        kari, per = merging.known(merge.surviving_id), merging.find_patient(PER)
        later = merging.propose_merge(per, kari, accepts_conflict=True, act=SIRI)
        merging.merge_patients(later.pk, by=TURID)

        with pytest.raises(Refused):
            parting.part(merge.pk, act=SIRI)


def owners_of(two) -> dict[str, list]:
    """As `owners`, of those two alone."""
    keys = {known.patient_id for known in two}
    return {
        name: [pair for pair in pairs if pair[1] in keys]
        for name, pairs in owners().items()
    }


def test_an_operator_sees_numbers_masked(two):
    shown = repr(two)

    assert KARI.digits not in shown
    assert KARI_BEFORE.digits not in shown
    assert [known.reports for known in two] == [1, 1]


def test_all_that_was_reported_is_under_the_surviving_patient(merge):
    for pairs in owners().values():
        assert {patient_id for _key, patient_id in pairs} == {merge.surviving_id}


def test_both_numbers_lead_there_and_the_national_one_is_shown(merge):
    assert ensure_patient(KARI) == ensure_patient(KARI_BEFORE) == merge.surviving_id

    header = patient_header(merge.surviving_id)
    assert header.masked_number.startswith(KARI.digits[:6])


def test_what_comes_afterwards_under_the_old_number_is_the_same_persons(merge, send):
    received = send(reported("NL-3", about=kari_before()))

    assert received.version.patient_id == merge.surviving_id


def test_a_correction_of_what_was_moved_is_no_other_patients(merge, send):
    received = send(reported("NL-2", about=kari_before(), service_type="M"))

    assert received.outcome == "stored"


def test_the_two_are_known_as_one(merge, two):
    assert set(known_as(merge.surviving_id)) == {k.patient_id for k in two}
    assert known_as(merge.merged_id) == (merge.merged_id,)


def test_who_proposed_and_who_carried_out_is_written_down(merge):
    action = OperatorAction.objects.get()

    assert (action.by, action.details["proposed_by"]) == (TURID, SIRI.by)
    assert action.details["reports"] == 1


def test_a_reservation_holds_for_the_whole_person(two):
    OptOut.objects.create(patient_id=two[1].patient_id, valid_from=NOON_THAT_DAY)

    merge = merging.merge_patients(propose(two).pk, by=TURID)
    assert OptOut.objects.get().patient_id == merge.surviving_id

    parting.part(merge.pk, act=SIRI)
    assert OptOut.objects.get().patient_id == merge.merged_id


class TestParting:
    def test_every_row_is_back_where_it_was(self, two):
        before = owners()
        merge = merging.merge_patients(propose(two).pk, by=TURID)

        parting.part(merge.pk, act=SIRI)

        assert owners() == before
        assert known_as(merge.surviving_id) == (merge.surviving_id,)

    def test_it_is_done_once(self, merge):
        parting.part(merge.pk, act=SIRI)

        with pytest.raises(Refused):
            parting.part(merge.pk, act=SIRI)

    def test_what_came_since_goes_to_whom_its_message_named(self, merge, send):
        old = send(reported("NL-3", about=kari_before())).version.report_id
        new = send(reported("NL-4")).version.report_id

        parted = parting.part(merge.pk, act=SIRI)

        assert (parted.returned, parted.unsettled) == (1, 0)
        assert _owner(old) == merge.merged_id
        assert _owner(new) == merge.surviving_id

    def test_what_cannot_be_told_apart_stays_and_calls_an_operator(self, merge, send):
        send(reported("NL-3", about=kari_before()))
        ReceivedMessage.objects.update(content_encrypted=None)

        assert parting.part(merge.pk, act=SIRI).unsettled == 1
        assert Alarm.objects.get().key == f"merge:{merge.pk}"

    def test_the_two_may_be_merged_again(self, merge, two):
        parting.part(merge.pk, act=Act("siri", "Feil person."))

        again = merging.merge_patients(propose(two).pk, by=TURID)

        assert set(known_as(again.surviving_id)) == {k.patient_id for k in two}


def _owner(report_id):
    return DiagnosticReport.objects.get(pk=report_id).patient_id
