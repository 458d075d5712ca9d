"""Kari turns out to be one person under two numbers: her log, login and openings."""

import dataclasses

import pytest

from access import lookup
from access.models import CareRelationship, User
from access.operations import sign_in
from access.terms import AccessBasis, PurposeOfUse, Reason
from results.ingestion import parting
from results.operations import ensure_patient, merging
from results.operations.operator_actions import Act
from tests import cast
from tests.results.operators.test_merging import KARI, KARI_BEFORE

pytestmark = pytest.mark.django_db

SIRI = Act("siri", "Nytt nummer i Folkeregisteret.")


def merged():
    ensure_patient(KARI)
    two = merging.find_patient(KARI), merging.find_patient(KARI_BEFORE)
    proposal = merging.propose_merge(*two, accepts_conflict=False, act=SIRI)
    return merging.merge_patients(proposal.pk, by="turid")


def ola_opens(number):
    ola = cast.the_viewer(cast.OLA)
    answer = lookup.open_patient(
        ola,
        number=number.digits,
        basis=AccessBasis.CONSENT,
        purpose=PurposeOfUse.TREAT,
    )
    return ola, answer.value


def kari_before() -> User:
    return sign_in(
        issuer="https://idporten.invalid", subject="k", name="", number=KARI_BEFORE
    )


@pytest.fixture
def looked_before():
    """Ola has had her open under the number she had before."""
    return ola_opens(KARI_BEFORE)


def test_who_looked_under_the_old_number_is_in_her_log(looked_before):
    merge = merged()
    kari = cast.the_viewer(cast.KARI)

    log = lookup.read_access_log(kari, patient_id=merge.surviving_id).value.lines

    assert [line.viewer_name for line in log] == [cast.OLA.name]


def test_it_is_no_longer_when_they_are_parted(looked_before):
    merge = merged()
    parting.part(merge.pk, act=SIRI)
    kari = cast.the_viewer(cast.KARI)

    assert lookup.read_access_log(kari, patient_id=merge.surviving_id).value.lines == ()


def test_whoever_had_her_open_states_a_need_anew(looked_before):
    ola, header = looked_before
    merged()

    answer = lookup.list_reports(ola, patient_id=header.patient_id)

    assert answer.value is None
    assert not CareRelationship.objects.filter(ended_at=None).exists()


def test_her_login_is_the_one_persons_and_back_again():
    user = kari_before()
    merge = merged()
    user.refresh_from_db()
    assert user.patient_id == merge.surviving_id

    parting.part(merge.pk, act=SIRI)

    user.refresh_from_db()
    assert user.patient_id == merge.merged_id


def test_others_logins_are_not_touched():
    per = cast.a_signed_in(cast.PER)
    ensure_patient(KARI_BEFORE)

    merged()

    assert User.objects.get(pk=per.pk).patient_id == per.patient_id


def closed_to_ola(patient_id) -> bool:
    ola = cast.the_viewer(cast.OLA)
    need = {"basis": AccessBasis.CONSENT, "purpose": PurposeOfUse.TREAT}
    answer = lookup.renew_need(ola, patient_id=patient_id, **need)
    return answer.verdict.reason is Reason.BLOCKED


def test_whom_she_shut_out_under_the_old_number_stays_out_when_merged():
    before = dataclasses.replace(
        cast.the_viewer(cast.KARI), patient_id=ensure_patient(KARI_BEFORE)
    )
    lookup.block(before, patient_id=before.patient_id, hpr_number=cast.OLA.hpr_number)

    assert not closed_to_ola(ensure_patient(KARI))
    merge = merged()
    assert closed_to_ola(merge.surviving_id)


def test_and_is_shut_out_of_that_one_alone_when_they_are_parted():
    before = dataclasses.replace(
        cast.the_viewer(cast.KARI), patient_id=ensure_patient(KARI_BEFORE)
    )
    lookup.block(before, patient_id=before.patient_id, hpr_number=cast.OLA.hpr_number)
    merge = merged()
    parting.part(merge.pk, act=SIRI)

    assert closed_to_ola(merge.merged_id)
    assert not closed_to_ola(merge.surviving_id)
