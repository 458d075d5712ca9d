"""Kari closes something; Ola, Ingrid and Arne meet it at the door, each at once."""

import datetime
import uuid

import pytest

from access import lookup, operations
from access.limits import LimitSetBy, RestrictionScope
from access.models import (
    AccessLogEntry,
    AccessRestriction,
    CareRelationship,
    EmergencyOverride,
    Notice,
    Policy,
    RoleCapability,
)
from access.terms import (
    AccessBasis,
    Action,
    EmergencyReason,
    PurposeOfUse,
    Reason,
)
from access.vocabulary import (
    NoticeKind,
)
from tests import cast
from tests.access.situations import NEED

pytestmark = pytest.mark.django_db

ALL, DISCIPLINE, ONE = RestrictionScope
OVERRIDE = {
    "basis": AccessBasis.ELEVATED_EMERGENCY,
    "purpose": PurposeOfUse.BTG,
    "emergency_reason": EmergencyReason.UNCONSCIOUS,
}
AGREED = {"basis": AccessBasis.ELEVATED_CONSENT, "purpose": PurposeOfUse.TREAT}


def closes(kari, scope=ALL, **what) -> uuid.UUID:
    answer = lookup.restrict(kari, patient_id=kari.patient_id, scope=scope, **what)
    assert answer.value
    return answer.value


def listed(viewer, kari):
    return lookup.list_reports(viewer, patient_id=kari.patient_id).value


def read(viewer, kari, report):
    return lookup.open_report(viewer, patient_id=kari.patient_id, report_id=report)


def elevates(viewer, kari, how):
    return lookup.renew_need(viewer, patient_id=kari.patient_id, **how)


def last_entry() -> AccessLogEntry:
    return AccessLogEntry.objects.order_by("-at", "-id")[0]


def nobody_is_to_know(key: str = "may_see_that_restricted") -> None:
    Policy.objects.create(
        version=99,
        key=key,
        value=False,
        valid_from=datetime.date(2024, 1, 1),
        decided_by="Stortinget",
        reason="EHDS art. 8",
        registered_by="siri",
        answered_by="turid",
        answered_at=datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC),
        is_approved=True,
    )


class TestClosed:
    @pytest.mark.parametrize("scope", RestrictionScope)
    def test_the_report_is_gone_from_the_list_and_refused(
        self, scope, ola, kari, report
    ):
        what = {ALL: {}, DISCIPLINE: {"category": "CLIN"}, ONE: {"report_id": report}}
        closes(kari, scope, **what[scope])

        page = listed(ola, kari)
        assert page.reports == ()
        assert page.closed.is_all is (scope is ALL)
        assert page.closed.has_single is (scope is ONE)
        assert read(ola, kari, report).verdict.reason is Reason.RESTRICTED
        assert last_entry().reason == Reason.RESTRICTED

    def test_a_document_and_withdrawn_content_are_closed_too(self, ola, kari, report):
        closes(kari)
        key = {"patient_id": kari.patient_id, "report_id": report}

        answers = [
            lookup.open_withdrawn(ola, **key),
            lookup.open_attachment(ola, **key, form_id=uuid.UUID(int=1)),
        ]
        assert [a.verdict.reason for a in answers] == [Reason.RESTRICTED] * 2

    def test_another_discipline_stays_open(self, ola, kari, report):
        closes(kari, DISCIPLINE, category="PAT")

        page = listed(ola, kari)
        assert [r.id for r in page.reports] == [report]
        assert page.closed.categories == ("PAT",)

    def test_kari_sees_it_all_herself(self, kari, report):
        closes(kari)

        assert listed(kari, kari).closed is None
        assert read(kari, kari, report).value

    def test_one_organisation_is_shut_out_and_the_other_not(self, ola, kari, report):
        ingrid = cast.the_viewer(cast.INGRID)
        lookup.open_patient(ingrid, number=cast.KARI.number, **NEED)
        closes(kari, organization_id=ola.organization_id)

        assert listed(ola, kari).reports == ()
        assert listed(ingrid, kari).reports

    def test_what_is_lifted_is_open_again_at_once(self, ola, kari):
        limit = closes(kari)
        lookup.lift(kari, patient_id=kari.patient_id, limit_id=limit)

        assert listed(ola, kari).reports
        assert AccessRestriction.objects.get().lifted_by == LimitSetBy.CITIZEN

    def test_what_begins_tomorrow_does_not_hold_today(self, ola, kari):
        closes(kari)
        tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
        AccessRestriction.objects.update(valid_from=tomorrow)

        assert listed(ola, kari).reports

    def test_the_log_does_not_tell_of_reports_that_were_not_shown(self, ola, kari):
        closes(kari)
        listed(ola, kari)

        assert last_entry().report_count == 0


class TestNobodyIsToKnow:
    @pytest.fixture(autouse=True)
    def _policy(self):
        nobody_is_to_know()

    def test_a_closed_report_is_answered_as_one_that_is_not(self, ola, kari, report):
        closes(kari)

        assert read(ola, kari, report) == read(ola, kari, uuid.UUID(int=1))
        reasons = AccessLogEntry.objects.filter(action=Action.OPEN_REPORT)
        assert set(reasons.values_list("reason", flat=True)) == {
            "RESTRICTED",
            "NOT_FOUND",
        }

    def test_the_list_is_as_of_someone_without_answers(self, ola, kari):
        closes(kari)

        assert (listed(ola, kari).reports, listed(ola, kari).closed) == ((), None)

    def test_an_elevation_without_need_is_let_be_and_looks_the_same(self, ola, kari):
        elevates(ola, kari, OVERRIDE)

        assert listed(ola, kari).is_elevated
        assert EmergencyOverride.objects.get().is_unneeded
        entry = AccessLogEntry.objects.filter(action=Action.OPEN_PATIENT).latest("at")
        assert entry.reason == Reason.ELEVATION_UNNEEDED


class TestOpenedAllTheSame:
    @pytest.mark.parametrize("how", [OVERRIDE, AGREED])
    def test_an_elevated_basis_opens_and_kari_is_told(self, how, ola, kari, report):
        closes(kari)
        elevates(ola, kari, how)

        assert listed(ola, kari).is_elevated
        assert read(ola, kari, report).value
        assert Notice.objects.filter(patient_id=kari.patient_id).count() == 2
        assert last_entry().basis == how["basis"]

    def test_an_override_needs_its_reason(self, ola, kari):
        closes(kari)
        answer = elevates(ola, kari, {**OVERRIDE, "emergency_reason": None})

        assert answer.verdict.reason is Reason.EMERGENCY_REASON_REQUIRED
        assert not EmergencyOverride.objects.exists()

    def test_an_override_waits_for_words_and_for_review(self, ola, kari):
        closes(kari)
        elevates(ola, kari, OVERRIDE)

        override = EmergencyOverride.objects.get()
        assert override.text_due_at - override.opened_at == datetime.timedelta(hours=24)
        assert override.review_due_at - override.opened_at == datetime.timedelta(
            days=14
        )
        assert not override.is_unneeded

    def test_one_that_opens_nothing_becomes_the_plain_basis(self, ola, kari):
        answer = elevates(ola, kari, OVERRIDE)

        assert answer.verdict.reason is Reason.ELEVATION_UNNEEDED
        need = CareRelationship.objects.get(ended_at=None)
        assert (need.basis, need.purpose_of_use) == ("AKUTT", "ETREAT")
        assert not EmergencyOverride.objects.exists()
        assert not Notice.objects.exists()

    def test_a_plain_renewal_closes_it_again(self, ola, kari):
        closes(kari)
        elevates(ola, kari, AGREED)
        elevates(ola, kari, NEED)

        assert listed(ola, kari).reports == ()


class TestBlocked:
    @pytest.fixture(autouse=True)
    def _blocked(self, ola, kari):
        lookup.block(kari, patient_id=kari.patient_id, hpr_number=cast.OLA.hpr_number)

    @pytest.mark.parametrize("how", [NEED, AGREED, OVERRIDE])
    def test_ola_is_shut_out_whatever_he_states(self, how, ola, kari):
        assert elevates(ola, kari, how).verdict.reason is Reason.BLOCKED

    def test_what_he_had_open_is_closed(self, ola, kari, report):
        assert listed(ola, kari) is None
        assert read(ola, kari, report).verdict.reason is Reason.BLOCKED

    def test_he_cannot_lift_it_himself(self, ola, kari):
        page = lookup.read_limits(kari, patient_id=kari.patient_id).value
        answer = lookup.lift(
            ola, patient_id=kari.patient_id, limit_id=page.blocks[0].id
        )

        assert answer.verdict.reason is Reason.BLOCKED

    def test_a_colleague_is_let_in(self, kari):
        ingrid = cast.the_viewer(cast.INGRID)
        lookup.open_patient(ingrid, number=cast.KARI.number, **NEED)

        assert listed(ingrid, kari).reports

    def test_kari_reads_who_it_is_and_lifts_it(self, ola, kari):
        page = lookup.read_limits(kari, patient_id=kari.patient_id).value
        assert page.blocks[0].name == cast.OLA.name
        lookup.lift(kari, patient_id=kari.patient_id, limit_id=page.blocks[0].id)

        assert listed(ola, kari).reports


class TestWhoMaySet:
    def test_nobody_elses(self, kari, report):
        per = cast.the_viewer(cast.PER)
        theirs = {"patient_id": kari.patient_id}

        answers = [
            lookup.restrict(per, **theirs, scope=ALL),
            lookup.block(per, **theirs, hpr_number="9100011"),
            lookup.lift(per, **theirs, limit_id=closes(kari)),
            lookup.read_limits(per, **theirs),
        ]
        assert {a.verdict.reason for a in answers} == {Reason.NOT_REPRESENTED}
        assert AccessRestriction.objects.get(valid_to=None)

    def test_a_limit_of_another_is_lifted_as_one_that_is_not(self, kari):
        per = cast.the_viewer(cast.PER)
        limit = closes(kari)

        answers = [
            lookup.lift(per, patient_id=per.patient_id, limit_id=key)
            for key in (limit, uuid.UUID(int=1))
        ]
        assert answers[0] == answers[1]
        assert AccessRestriction.objects.get(pk=limit).valid_to is None

    def test_a_report_of_someone_else_cannot_be_closed(self, report):
        per = cast.the_viewer(cast.PER)

        answer = lookup.restrict(
            per, patient_id=per.patient_id, scope=ONE, report_id=report
        )
        assert answer.verdict.reason is Reason.NOT_FOUND
        assert not AccessRestriction.objects.exists()

    def test_ola_closes_it_as_kari_wants(self, ola, kari):
        answer = lookup.restrict(ola, patient_id=kari.patient_id, scope=ALL)

        assert answer.verdict.is_permitted
        row = AccessRestriction.objects.get()
        assert (row.set_by, row.set_by_user) == (LimitSetBy.PERSONNEL, ola.user_id)
        assert Notice.objects.get().kind == NoticeKind.LIMIT_CHANGED

    def test_arne_in_the_ambulance_sets_none(self, kari):
        arne = cast.the_viewer(cast.ARNE)
        lookup.open_patient(
            arne,
            number=cast.KARI.number,
            basis=AccessBasis.EMERGENCY,
            purpose=PurposeOfUse.ETREAT,
        )

        answer = lookup.restrict(arne, patient_id=kari.patient_id, scope=ALL)
        assert answer.verdict.reason is Reason.ROLE_NOT_PERMITTED

    def test_closing_what_is_closed_changes_nothing(self, kari):
        assert closes(kari) == closes(kari)
        assert Notice.objects.count() == 1

    def test_each_change_is_a_line_in_the_log(self, kari):
        lookup.lift(kari, patient_id=kari.patient_id, limit_id=closes(kari))

        actions = AccessLogEntry.objects.order_by("at").values_list("action", flat=True)
        assert list(actions) == [Action.SET_LIMIT, Action.LIFT_LIMIT]


class TestDisciplinesOfARole:
    def test_what_a_role_may_not_see_is_not_in_its_list(self, kari, report):
        mona = cast.the_viewer(cast.MONA)
        RoleCapability.objects.create(
            role_code="SP",
            category="CLIN",
            may_open=False,
            may_use_emergency=False,
            valid_from=datetime.date(2024, 1, 1),
            source="Test",
        )
        lookup.open_patient(mona, number=cast.KARI.number, **NEED)

        page = listed(mona, kari)
        assert (page.reports, page.closed) == ((), None)
        refused = read(mona, kari, report).verdict
        assert refused.reason is Reason.DISCIPLINE_NOT_PERMITTED


def test_a_need_ends_when_the_session_does(ola, kari):
    operations.end_session(ola.session_id, reason="BY_USER")

    assert listed(ola, kari) is None
