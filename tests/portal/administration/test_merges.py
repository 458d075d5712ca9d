"""Kari has got a national number; Siri finds both, Turid carries it out."""

import pytest

from portal.demo import people
from results.models import DiagnosticReport, PatientMerge
from results.operations import ensure_patient
from tests import cast
from tests.builders import a_person
from tests.portal.administration.operators import REASON, arrived, turid
from tests.results.operators.conftest import reported
from tests.results.operators.test_merging import KARI, KARI_BEFORE, PER

pytestmark = pytest.mark.django_db

ADD = "/forvaltning/results/patientmerge/add/"
DIGITS = (KARI.digits, KARI_BEFORE.digits, PER.digits)


@pytest.fixture(autouse=True)
def two():
    """One report under each number."""
    before = a_person(people.KARI, number=KARI_BEFORE.digits)
    return arrived(reported("NL-1")), arrived(reported("NL-2", about=before))


def numbers_in(page: str) -> list[str]:
    return [digits for digits in DIGITS if digits in page or digits[6:] in page]


def looked_up(operator, surviving=KARI, merged=KARI_BEFORE):
    said = {"surviving": surviving.digits, "merged": merged.digits}
    return operator.post(ADD, **said)


def proposed(operator, **said) -> PatientMerge | None:
    keys = {
        "surviving_id": str(ensure_patient(KARI)),
        "merged_id": str(ensure_patient(KARI_BEFORE)),
    }
    operator.post(ADD, **{**keys, "reason": REASON, **said})
    return PatientMerge.objects.last()


def page_of(merge) -> str:
    return f"/forvaltning/results/patientmerge/{merge.pk}/change/"


class TestWhoMay:
    def test_without_the_permission_nobody_is_looked_up(self):
        handler = turid("view_patientmerge", "handle_messages")

        assert handler.get(ADD).status_code == 403
        assert looked_up(handler).status_code == 403

    def test_without_the_permission_nothing_is_carried_out(self, siri):
        merge = proposed(siri)
        handler = turid("view_patientmerge", "handle_messages")

        for kind in ("utfor", "avslaa", "skill"):
            assert handler.does(merge, kind, reason=REASON).status_code == 403
        assert "/gjor/" not in handler.page(page_of(merge))


class TestFinding:
    def test_two_persons_are_shown_by_masked_numbers(self, siri):
        page = looked_up(siri).content.decode()

        assert f"FNR {KARI.digits[:6]} •••••" in page
        assert f"DNR {KARI_BEFORE.digits[:6]} •••••" in page
        assert numbers_in(page) == []

    def test_nothing_is_said_of_their_names(self, siri):
        assert "Prøve, Kari" not in looked_up(siri).content.decode()
        assert cast.KARI.name not in looked_up(siri).content.decode()

    @pytest.mark.parametrize("wrong", ["", "12", "1" * 11])
    def test_what_is_no_number_is_not_shown_back(self, siri, wrong):
        answer = siri.post(ADD, surviving=KARI.digits, merged=wrong)

        page = answer.content.decode()
        assert 'name="surviving"' in page
        assert numbers_in(page) == []

    def test_nobody_is_made_of_a_number_nobody_has(self, siri):
        page = looked_up(siri, merged=PER).content.decode()

        assert "Vi har ingen med det nummeret" in page
        assert numbers_in(page) == []

    def test_two_of_the_same_kind_ask_for_a_confirmation(self, siri):
        ensure_patient(PER)

        page = looked_up(siri, merged=PER).content.decode()

        assert 'name="accepts_conflict"' in page
        assert "trolig to personer" in page


class TestProposing:
    def test_it_is_told_why(self, siri):
        assert proposed(siri, reason=" ") is None

    def test_a_conflict_is_confirmed_or_refused(self, siri):
        keys = {"merged_id": str(ensure_patient(PER))}

        assert proposed(siri, **keys) is None
        assert proposed(siri, **keys, accepts_conflict="on").accepts_conflict

    def test_nothing_is_moved_by_a_proposal(self, siri):
        proposed(siri)

        owners = DiagnosticReport.objects.values_list("patient_id", flat=True)
        assert len(set(owners)) == 2

    def test_a_person_is_not_merged_with_themselves(self, siri):
        assert proposed(siri, merged_id=str(ensure_patient(KARI))) is None


class TestDeciding:
    def test_nobody_carries_out_what_they_proposed(self, siri):
        merge = proposed(siri)

        siri.does(merge, "utfor")

        assert "en annen" in siri.told()
        merge.refresh_from_db()
        assert merge.at is None

    def test_another_carries_it_out_and_can_undo_it(self, siri, turid):
        merge = proposed(siri)

        turid.does(merge, "utfor")
        assert set(DiagnosticReport.objects.values_list("patient_id", flat=True)) == {
            merge.surviving_id
        }
        page = turid.page(page_of(merge))
        assert numbers_in(page) == []
        assert siri.user.name in page

        turid.does(merge, "skill", reason=REASON)
        merge.refresh_from_db()
        assert merge.reversed_reason == REASON

    def test_undoing_is_told_why(self, siri, turid):
        merge = proposed(siri)
        turid.does(merge, "utfor")

        turid.does(merge, "skill", reason="")

        merge.refresh_from_db()
        assert merge.reversed_at is None

    def test_what_is_declined_stays_declined(self, siri, turid):
        merge = proposed(siri)

        siri.does(merge, "avslaa")
        turid.does(merge, "utfor")

        assert "allerede avgjort" in turid.told()
        assert "/gjor/" not in turid.page(page_of(merge))
