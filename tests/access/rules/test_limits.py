"""«Blokkering» and «sperring»: what Kari has closed, and what opens it."""

import uuid

import pytest

from access.decision import decide, is_unneeded, may_show, settle
from access.limits import Limits
from access.rules import practitioner_block, restriction
from access.switches import Policies
from access.terms import (
    ABOUT_LIMITS,
    ABOUT_ONE_REPORT,
    PLAIN_BASIS,
    AccessBasis,
    Action,
    EmergencyReason,
    PurposeOfUse,
    Reason,
)
from tests.access.situations import a_grant, a_request, a_role, facts, kari, opening

REPORT = uuid.UUID(int=70)
OTHER = uuid.UUID(int=71)
ALL = Limits(is_all_closed=True)
PATHOLOGY = Limits(categories=frozenset({"PAT"}))
ONE = Limits(report_ids=frozenset({REPORT}))
BLOCKED = Limits(is_blocked=True)
DANGER = EmergencyReason.DANGER
ELEVATED = [
    (AccessBasis.ELEVATED_CONSENT, PurposeOfUse.TREAT),
    (AccessBasis.ELEVATED_EMERGENCY, PurposeOfUse.BTG),
]
UNSEEN = Policies(may_see_that_restricted=False)


def reading(action=Action.OPEN_REPORT, report_id=REPORT, **changed):
    return a_request(action=action, report_id=report_id, **changed)


def given(limits, *, category="CLIN", basis=AccessBasis.CONSENT, **changed):
    grant = a_grant(basis=basis)
    return facts(limits=limits, report_category=category, grant=grant, **changed)


class TestBlock:
    @pytest.mark.parametrize("action", [*Action])
    @pytest.mark.parametrize("basis", [*AccessBasis])
    def test_nothing_lifts_it(self, action, basis):
        verdict = decide(reading(action), given(BLOCKED, basis=basis))

        assert not verdict.is_permitted
        assert verdict.reason in {
            Reason.BLOCKED,
            Reason.NO_RULE,
            Reason.NOT_REPRESENTED,
            # What only the help desk does is no doctor's, blocked or not.
            Reason.ROLE_NOT_PERMITTED,
        }

    @pytest.mark.parametrize(("basis", "purpose"), ELEVATED)
    def test_not_even_an_emergency_opens_the_patient(self, basis, purpose):
        request = opening(basis=basis, purpose=purpose, emergency_reason=DANGER)

        assert decide(request, given(BLOCKED)).reason is Reason.BLOCKED

    def test_kari_herself_is_not_shut_out(self):
        assert practitioner_block.judge(reading(viewer=kari()), given(BLOCKED)) is None


class TestRestriction:
    @pytest.mark.parametrize(
        "limits", [ALL, ONE, Limits(categories=frozenset({"CLIN"}))]
    )
    @pytest.mark.parametrize("action", ABOUT_ONE_REPORT)
    @pytest.mark.parametrize("basis", [b for b in AccessBasis if b not in PLAIN_BASIS])
    def test_what_is_closed_is_refused_on_every_plain_basis(
        self, limits, action, basis
    ):
        verdict = decide(reading(action), given(limits, basis=basis))

        assert verdict.reason is Reason.RESTRICTED

    @pytest.mark.parametrize("limits", [ALL, ONE])
    @pytest.mark.parametrize("basis", PLAIN_BASIS)
    def test_an_elevated_basis_opens_it(self, limits, basis):
        assert decide(reading(), given(limits, basis=basis)).is_permitted

    @pytest.mark.parametrize(
        ("limits", "report_id", "category"),
        [(PATHOLOGY, REPORT, "CLIN"), (ONE, OTHER, "CLIN"), (Limits(), REPORT, "PAT")],
    )
    def test_what_is_beside_it_stays_open(self, limits, report_id, category):
        request = reading(report_id=report_id)

        assert decide(request, given(limits, category=category)).is_permitted

    def test_the_list_itself_is_not_refused(self):
        assert decide(a_request(), given(ALL)).is_permitted

    def test_a_report_of_someone_else_is_not_said_to_be_restricted(self):
        assert restriction.judge(reading(), given(ALL, category="")) is None

    def test_kari_sees_what_she_has_closed(self):
        assert restriction.judge(reading(viewer=kari()), given(ALL)) is None

    def test_a_list_holds_exactly_what_may_be_opened(self):
        for limits in (ALL, ONE, PATHOLOGY, BLOCKED, Limits()):
            for basis in AccessBasis:
                for category in ("PAT", "CLIN"):
                    known = given(limits, basis=basis, category=category)
                    assert may_show(
                        a_request(), known, report_id=REPORT, category=category
                    ) is (decide(reading(), known).is_permitted)


class TestElevation:
    @pytest.mark.parametrize(("basis", "purpose"), ELEVATED)
    def test_one_that_opens_nothing_is_the_plain_basis(self, basis, purpose):
        request = opening(basis=basis, purpose=purpose, emergency_reason=DANGER)
        settled = settle(request, facts())

        assert settled.basis is PLAIN_BASIS[basis]
        assert settled.purpose is not PurposeOfUse.BTG
        assert decide(request, facts()).reason is Reason.ELEVATION_UNNEEDED
        assert decide(settled, facts()).reason is Reason.PERMITTED

    @pytest.mark.parametrize(("basis", "purpose"), ELEVATED)
    def test_where_nobody_is_to_know_it_stands_as_stated(self, basis, purpose):
        request = opening(basis=basis, purpose=purpose, emergency_reason=DANGER)

        assert settle(request, facts(policies=UNSEEN)) == request
        assert is_unneeded(request, facts(policies=UNSEEN))

    @pytest.mark.parametrize(("basis", "purpose"), ELEVATED)
    def test_one_that_opens_something_stands(self, basis, purpose):
        request = opening(basis=basis, purpose=purpose, emergency_reason=DANGER)
        verdict = decide(request, given(ONE))

        assert settle(request, given(ONE)) == request
        assert verdict.reason is Reason.PERMITTED
        assert "notify_patient" in verdict.obligations

    def test_an_override_without_a_reason_is_refused(self):
        request = opening(
            basis=AccessBasis.ELEVATED_EMERGENCY, purpose=PurposeOfUse.BTG
        )

        assert decide(request, given(ALL)).reason is Reason.EMERGENCY_REASON_REQUIRED

    def test_only_an_override_is_to_be_explained_and_reviewed(self):
        with_consent = opening(basis=AccessBasis.ELEVATED_CONSENT)
        override = opening(
            basis=AccessBasis.ELEVATED_EMERGENCY,
            purpose=PurposeOfUse.BTG,
            emergency_reason=DANGER,
        )

        assert "review" not in decide(with_consent, given(ALL)).obligations
        assert {"review", "explain"} <= decide(override, given(ALL)).obligations

    def test_emergency_help_with_nothing_closed_asks_for_no_more(self):
        plain = opening(basis=AccessBasis.EMERGENCY, purpose=PurposeOfUse.ETREAT)

        verdict = decide(plain, facts())
        assert verdict.is_permitted
        assert not {"review", "explain", "notify_patient"} & verdict.obligations


class TestSettingLimits:
    @pytest.mark.parametrize("action", ABOUT_LIMITS)
    @pytest.mark.parametrize(
        "basis",
        [AccessBasis.EXEMPT, AccessBasis.EMERGENCY, AccessBasis.ELEVATED_EMERGENCY],
    )
    def test_personnel_need_the_patients_consent(self, action, basis):
        verdict = decide(a_request(action=action), given(Limits(), basis=basis))

        assert verdict.reason is Reason.BASIS_NOT_ALLOWED

    @pytest.mark.parametrize("action", ABOUT_LIMITS)
    def test_and_a_role_that_may(self, action):
        role = a_role(permissions=a_role().permissions - {"set-restrictions"})

        verdict = decide(a_request(action=action), facts(role=role))
        assert verdict.reason is Reason.ROLE_NOT_PERMITTED

    @pytest.mark.parametrize("action", ABOUT_LIMITS)
    def test_with_consent_the_doctor_may_and_kari_always(self, action):
        assert decide(a_request(action=action), facts()).is_permitted
        assert decide(a_request(action=action, viewer=kari()), facts()).is_permitted
