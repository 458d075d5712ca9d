"""An operator finds what has stopped, sees why, and does something about it."""

import pytest

from portal.demo import people
from results.ingestion import inbox
from results.models import (
    Alarm,
    DiagnosticReport,
    OperatorAction,
    OutgoingMessage,
    ReceivedMessage,
)
from results.operations import register_source_system
from results.vocabulary import MessageOutcome, OperatorActionKind
from tests.builders import a_message, a_text
from tests.portal.administration.operators import MESSAGES, REASON, arrived, turid
from tests.portal.visiting import ADMINISTRATION
from tests.results.operators.conftest import reported

pytestmark = pytest.mark.django_db

NUMBER = people.KARI.number
DEEDS = ("behandle", "godta", "avvis", "flytt", "feil-pasient", "rett-pasient")


def page_of(row) -> str:
    return f"{MESSAGES}{row.pk}/change/"


def content_of(row) -> str:
    return f"{MESSAGES}{row.pk}/innhold/"


def after(row):
    row.refresh_from_db()
    return row


class TestWhoMay:
    @pytest.mark.parametrize("kind", DEEDS)
    def test_who_may_only_look_does_nothing(self, poison, kind):
        viewer = turid("view_receivedmessage")

        answer = viewer.does(poison, kind, reason=REASON, text="Feil.")

        assert answer.status_code == 403
        assert after(poison).outcome == MessageOutcome.QUARANTINED
        assert OperatorAction.objects.count() == 0

    def test_who_may_only_look_is_offered_nothing(self, poison):
        page = turid("view_receivedmessage").page(page_of(poison))

        assert "/gjor/" not in page
        assert "/innhold/" not in page

    def test_who_handles_messages_does_not_read_them(self, poison):
        handler = turid("view_receivedmessage", "handle_messages")

        assert "/gjor/behandle/" in handler.page(page_of(poison))
        assert handler.post(content_of(poison), reason=REASON).status_code == 403
        assert OperatorAction.objects.count() == 0

    def test_who_handles_messages_marks_no_patients(self, stored):
        handler = turid("view_receivedmessage", "handle_messages")

        answer = handler.does(stored, "feil-pasient", reason=REASON)

        assert answer.status_code == 403
        assert DiagnosticReport.objects.get().wrong_patient_at is None

    def test_nobody_acts_by_a_link(self, siri, poison):
        for kind in DEEDS:
            path = f"{MESSAGES}{poison.pk}/gjor/{kind}/"
            assert siri.get(path).status_code == 405
        assert siri.get(content_of(poison)).status_code == 405

    def test_a_form_from_elsewhere_is_refused(self, siri, poison):
        siri.client.handler.enforce_csrf_checks = True

        answer = siri.does(poison, "behandle", reason=REASON)

        assert answer.status_code == 403
        assert after(poison).outcome == MessageOutcome.QUARANTINED

    def test_there_is_nothing_else_to_do(self, siri, poison):
        assert siri.does(poison, "slett", reason=REASON).status_code == 404


class TestFinding:
    def test_what_has_stopped_is_found_with_why_and_alarms(self, siri, poison):
        arrived(reported("NL-2"))

        page = siri.page(f"{MESSAGES}?utvalg=stoppet")

        assert str(poison.pk) in page
        assert "lot seg ikke behandle etter 5 forsøk" in page
        assert "1 mottatt melding" in page
        assert "I karantene" in page

    def test_the_list_reads_no_content(
        self, siri, poison, django_assert_max_num_queries
    ):
        with django_assert_max_num_queries(30) as asked:
            siri.page(MESSAGES)

        listing = [q["sql"] for q in asked if 'ORDER BY "results_received' in q["sql"]]
        assert listing
        assert not [sql for sql in listing if "content_encrypted" in sql]

    def test_the_page_tells_of_its_alarm_and_what_was_done(self, siri, poison):
        siri.does(poison, "behandle", reason=REASON)

        page = siri.page(page_of(poison))

        assert "Melding i karantene" in page
        assert "Behandlet på nytt" in page
        assert REASON in page
        assert siri.user.name in page

    def test_of_one_with_a_rival_the_rival_is_shown(self, siri, stored, conflict):
        page = siri.page(page_of(conflict))

        assert "Andre meldinger med samme MsgId" in page
        assert page_of(stored) in page

    def test_versions_of_the_same_answer_stand_beside_it(self, siri):
        first = arrived(reported("NL-1"))
        changed = arrived(reported("NL-1", service_type="M"))

        page = siri.page(page_of(changed))

        assert "Versjoner av samme svar" in page
        assert page_of(first) in page

    def test_one_for_another_patient_is_shown_what_it_could_not_join(self, siri):
        on_kari = arrived(reported("NL-1"))
        on_per = arrived(reported("NL-1", about=people.PER))

        assert page_of(on_kari) in siri.page(page_of(on_per))


class TestActing:
    def test_without_a_reason_nothing_is_done(self, siri, poison):
        siri.does(poison, "behandle", reason=" ")

        assert after(poison).outcome == MessageOutcome.QUARANTINED
        assert "Behandle på nytt: " in siri.told()

    def test_a_reason_with_a_number_is_not_kept(self, siri, poison):
        siri.does(poison, "behandle", reason=f"Gjelder {NUMBER}")

        told = siri.told()
        assert NUMBER not in told
        assert "lange tall" in told
        assert OperatorAction.objects.count() == 0

    def test_processing_again(self, siri, poison):
        answer = siri.does(poison, "behandle", reason=REASON)
        inbox.drain(seconds=5)

        assert (answer.status_code, answer["Location"]) == (303, page_of(poison))
        assert "stilt i kø" in siri.told()
        assert after(poison).outcome == MessageOutcome.STORED
        assert OperatorAction.objects.get().by == str(siri.user.pk)

    def test_refusing_with_words_for_the_sender(self, siri, poison):
        siri.does(poison, "avvis", reason=REASON, text="Send på nytt.")

        assert after(poison).outcome == MessageOutcome.REJECTED
        assert OutgoingMessage.objects.get(kind="apprec").status == 2

    def test_refusing_twice_is_refused(self, siri, poison):
        for _time in range(2):
            siri.does(poison, "avvis", reason=REASON, text="Send på nytt.")

        assert "Den kan ikke endres eller sendes igjen" in siri.told()
        assert OutgoingMessage.objects.filter(kind="apprec").count() == 1

    def test_giving_it_to_another_that_sends(self, siri, poison):
        organization = _fjordlab_that_sends()

        siri.does(poison, "flytt", reason=REASON, organization=str(organization))
        inbox.drain(seconds=5)

        assert DiagnosticReport.objects.get().sender_id == organization

    def test_accepting_one_with_a_rival(self, siri, conflict):
        siri.does(conflict, "godta", reason=REASON)
        inbox.drain(seconds=5)

        assert after(conflict).outcome == MessageOutcome.STORED

    def test_only_what_fits_is_offered(self, siri, stored, conflict):
        of_stored, of_conflict = (
            siri.page(page_of(stored)),
            siri.page(page_of(conflict)),
        )

        assert "/gjor/feil-pasient/" in of_stored
        assert "/gjor/behandle/" not in of_stored
        assert "/gjor/godta/" in of_conflict
        assert "/gjor/behandle/" not in of_conflict

    def test_marking_an_answer_as_about_someone_else(self, siri, stored):
        siri.does(stored, "feil-pasient", reason=REASON)

        assert DiagnosticReport.objects.get().wrong_patient_reason == REASON
        assert "/gjor/rett-pasient/" in siri.page(page_of(stored))

        siri.does(stored, "rett-pasient", reason=REASON)
        assert DiagnosticReport.objects.get().wrong_patient_at is None


class TestReading:
    def test_it_is_read_for_a_reason(self, siri, stored):
        answer = siri.post(content_of(stored), reason=" ")

        assert answer.status_code == 303
        assert OperatorAction.objects.count() == 0

    def test_each_look_is_written_down(self, siri, stored):
        for _look in range(2):
            siri.post(content_of(stored), reason=REASON)

        kinds = list(OperatorAction.objects.values_list("kind", "reason"))
        assert kinds == [(OperatorActionKind.READ_CONTENT, REASON)] * 2

    def test_values_are_shown_and_the_number_is_not(self, siri):
        said = a_text(f"Gjelder {NUMBER[:6]} {NUMBER[6:]}.")
        received = arrived(a_message(results=[said]))

        page = siri.post(content_of(received), reason=REASON).content.decode()

        assert "Gjelder •••••••••••." in page
        assert NUMBER not in page
        assert NUMBER[6:] not in page

    def test_markup_in_a_message_is_only_text(self, siri):
        received = arrived(b"<a>&lt;script&gt;alert(1)&lt;/script&gt;</a>")

        page = siri.post(content_of(received), reason=REASON).content.decode()

        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page

    def test_the_page_keeps_the_strict_policy_and_is_not_stored(self, siri, stored):
        answer = siri.post(content_of(stored), reason=REASON)

        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"

    def test_what_is_erased_is_gone(self, siri, stored):
        ReceivedMessage.objects.update(content_encrypted=None)

        assert siri.post(content_of(stored), reason=REASON).status_code == 303
        assert "Innholdet er slettet" in siri.told()


class TestAlarms:
    def test_open_ones_are_listed_and_closed_for_a_reason(self, siri, poison):
        alarm = Alarm.objects.get()
        assert alarm.text in siri.page("/forvaltning/results/alarm/")

        siri.does(alarm, "lukk", reason=REASON)

        assert after(alarm).closed_reason == REASON
        assert alarm.text not in siri.page("/forvaltning/results/alarm/")
        assert alarm.text in siri.page("/forvaltning/results/alarm/?tilstand=lukket")
        assert alarm.text in siri.page("/forvaltning/results/alarm/?tilstand=alle")

    def test_one_is_closed_once_and_never_without_a_reason(self, siri, poison):
        alarm = Alarm.objects.get()

        siri.does(alarm, "lukk", reason="")
        assert after(alarm).closed_at is None

        for _time in range(2):
            siri.does(alarm, "lukk", reason=REASON)
        assert "allerede lukket" in siri.told()
        assert OperatorAction.objects.count() == 1

    def test_who_may_only_look_closes_none(self, poison):
        viewer = turid("view_alarm")
        alarm = Alarm.objects.get()

        assert viewer.does(alarm, "lukk", reason=REASON).status_code == 403
        assert after(alarm).closed_at is None


def _fjordlab_that_sends():
    from tests import cast

    organization = cast.an_organization(cast.FJORDLAB.organization)
    register_source_system(
        name="Fjordlab", client_id="fjordlab", organization_id=organization
    )
    return organization


def test_nobody_but_operators_gets_there(poison):
    from tests import cast
    from tests.portal.visiting import a_visitor

    ola = a_visitor(cast.OLA).client

    for path in (page_of(poison), content_of(poison)):
        answer = ola.post(path, {"reason": REASON}, headers={"host": ADMINISTRATION})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/forvaltning/login/")
