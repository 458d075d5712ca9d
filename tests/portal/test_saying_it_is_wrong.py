"""An answer on the wrong patient: Kari says so, and an operator marks it."""

import uuid

import pytest

from access import cases
from access.models import AccessLogEntry, CorrectionCase
from results.models import Alarm, DiagnosticReport, ReceivedMessage
from results.operations import wrong_patient
from results.operations.operator_actions import Act
from tests import cast
from tests.builders import a_message
from tests.portal.visiting import CITIZEN, CLINICIAN, a_visitor, has_arrived, somebody

pytestmark = pytest.mark.django_db

SAID = {"kind": "not-mine", "text": "Jeg har aldri tatt denne prøven."}
KEPT = {"outcome": "kept", "text": "Vi har sett på prøven igjen."}
LISTED = "/helsepersonell/rettelser/"


@pytest.fixture
def report() -> DiagnosticReport:
    cast.a_laboratory_that_may_send(cast.NORDLAB)
    has_arrived(a_message())
    return DiagnosticReport.objects.get()


@pytest.fixture
def kari(report):
    return a_visitor(cast.KARI)


@pytest.fixture
def asked(kari, report) -> CorrectionCase:
    kari.post(f"/innbygger/svar/{report.pk}/feil/", SAID)
    return CorrectionCase.objects.get()


@pytest.fixture
def ingrid(asked):
    """She follows up for Nordlab."""
    visitor = a_visitor(cast.INGRID)
    cases.appoint_controller(cast.a_signed_in(cast.INGRID), asked.organization_id)
    return visitor


def page(visitor, path) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhoMay:
    @pytest.mark.parametrize("persona", [cast.JONAS, cast.PER], ids=["jonas", "per"])
    def test_another_citizen_says_nothing_of_karis_answer(self, persona, report):
        answer = a_visitor(persona).post(f"/innbygger/svar/{report.pk}/feil/", SAID)

        assert answer.status_code == 403
        assert not CorrectionCase.objects.exists()
        assert not AccessLogEntry.objects.latest("at").is_permitted

    def test_what_is_not_is_as_what_is_not_hers(self, kari):
        path = f"/innbygger/svar/{uuid.uuid4()}/feil/"

        assert kari.post(path, SAID).status_code == 403
        assert not CorrectionCase.objects.exists()

    def test_personnel_with_a_borrowed_address_say_nothing(self, report):
        ola = a_visitor(cast.OLA)

        answer = ola.client.post(
            f"/innbygger/svar/{report.pk}/feil/", SAID, headers={"host": CITIZEN}
        )

        assert answer.status_code == 403
        assert not CorrectionCase.objects.exists()

    @pytest.mark.parametrize("persona", [cast.OLA, cast.HEGE, cast.SIRI, cast.KARI])
    def test_who_follows_up_for_another_or_nobody_neither_sees_nor_answers(
        self, persona, asked
    ):
        visitor = a_visitor(persona)
        path = f"{LISTED}{asked.pk}/"

        seen = visitor.client.get(path, headers={"host": CLINICIAN})
        answered = visitor.client.post(path, KEPT, headers={"host": CLINICIAN})

        assert (seen.status_code, answered.status_code) == (404, 404)
        asked.refresh_from_db()
        assert asked.closed_at is None

    def test_nobody_is_led_to_log_in(self, asked):
        path = f"{LISTED}{asked.pk}/"

        assert somebody(CLINICIAN).get(path).status_code == 302


@pytest.mark.parametrize(
    "said",
    [{}, {"kind": "wrong"}, {"text": "Feil"}, {**SAID, "kind": "x"}],
    ids=["nothing", "no words", "no kind", "another kind"],
)
def test_what_is_not_understood_opens_no_case(said, kari, report):
    answer = kari.post(f"/innbygger/svar/{report.pk}/feil/", said)

    assert answer.status_code == 422
    assert not CorrectionCase.objects.exists()


def test_kari_says_it_from_the_answer_and_follows_the_case(kari, report, asked):
    assert "/feil/" in page(kari, f"/innbygger/svar/{report.pk}/")

    followed = page(kari, "/innbygger/feil/")

    assert "Svaret er ikke mitt" in followed
    assert "Svar innen" in followed
    assert "Sa fra om feil i et svar" in page(kari, "/innbygger/hvem-har-sett/")
    assert SAID["text"].encode() not in bytes(asked.text_encrypted)


def test_saying_it_twice_is_one_case_and_one_call(kari, report, asked):
    kari.post(f"/innbygger/svar/{report.pk}/feil/", SAID)

    assert CorrectionCase.objects.count() == 1
    assert Alarm.objects.get(kind="correction").count == 1


def test_not_mine_calls_an_operator_to_the_message_and_tells_nothing(asked):
    alarm = Alarm.objects.get(kind="correction")

    assert alarm.received_message == ReceivedMessage.objects.get()
    assert "Kari" not in alarm.text


def test_another_fault_is_the_producers_alone(kari, report):
    kari.post(f"/innbygger/svar/{report.pk}/feil/", {**SAID, "kind": "wrong"})

    assert not Alarm.objects.filter(kind="correction").exists()


def test_it_is_not_called_corrected_before_it_is(ingrid, asked):
    answer = ingrid.post(f"{LISTED}{asked.pk}/", {**KEPT, "outcome": "corrected"})

    assert answer.status_code == 422
    assert "Ingen ny versjon er mottatt" in answer.content.decode()


def test_the_whole_way_to_wrong_patient(ingrid, kari, asked):
    assert "Svaret er ikke mitt" in page(ingrid, LISTED)
    told = page(ingrid, f"{LISTED}{asked.pk}/")
    assert "Hemoglobin" not in told
    assert "Prøve" not in told.split("<main")[1]

    act = Act(by="siri", reason="Laboratoriet bekrefter.")
    wrong_patient.mark_wrong_patient(ReceivedMessage.objects.get().id, act=act)
    ingrid.post(f"{LISTED}{asked.pk}/", {**KEPT, "outcome": "corrected"})

    followed = page(kari, "/innbygger/feil/")
    assert "Svaret er rettet" in followed
    assert "merket som feil pasient" in followed
    log = page(kari, "/innbygger/hvem-har-sett/")
    assert "Gikk gjennom en melding om feil i et svar" in log
    assert ingrid.post(f"{LISTED}{asked.pk}/", KEPT).status_code == 404


def test_what_is_kept_is_answered_and_closed(ingrid, kari, asked):
    assert ingrid.post(f"{LISTED}{asked.pk}/", KEPT)["Location"] == LISTED

    assert "Vi har sett på prøven igjen." in page(kari, "/innbygger/feil/")


def test_who_follows_up_for_nobody_is_told_so(asked):
    assert "følger ikke opp svar" in page(a_visitor(cast.OLA), LISTED)
