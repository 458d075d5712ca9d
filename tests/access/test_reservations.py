"""Kari wants nothing stored: what is there is erased, and what comes is not kept."""

import datetime
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from access import lookup, operations
from access.models import DigitalOptOut, Notice
from access.terms import (
    Reason,
)
from access.vocabulary import (
    NoticeKind,
)
from results.ingestion.erasing import erase_unread
from results.ingestion.receive import receive_from_operator
from results.models import DiagnosticReport, OptOut, ReceivedMessage
from tests import cast
from tests.access.left_behind import words_left
from tests.access.situations import NEED
from tests.access.test_limits import nobody_is_to_know
from tests.builders import NOON, a_message, a_number
from tests.portal.visiting import has_arrived

pytestmark = pytest.mark.django_db

ANOTHER = str(uuid.UUID(int=77))
# With a point: digits alone stand in some random key sooner or later.
CLINICAL = ("P-Ferritin", "4711.83", "NPU19763")


def a_ferritin(about=cast.KARI, **changed) -> bytes:
    result = a_number("NPU19763", "4711.83", name="P-Ferritin")
    return a_message(about=about, results=[result], **changed)


@pytest.fixture
def kari():
    return cast.the_viewer(cast.KARI)


def later(hours: int) -> datetime.datetime:
    return NOON + datetime.timedelta(hours=hours)


def reserves(viewer) -> None:
    answer = lookup.reserve(viewer, patient_id=viewer.patient_id)
    assert answer.value
    assert answer.value.reserved_at


def regrets(viewer) -> None:
    assert lookup.end_reservation(viewer, patient_id=viewer.patient_id).value


def kinds() -> list[str]:
    return list(Notice.objects.order_by("at", "id").values_list("kind", flat=True))


class TestWhatIsErased:
    def test_what_was_put_aside_is_found_by_her_number(self, kari):
        """Never read in, in quarantine, refused: nobody knows whose it is but she."""
        has_arrived(a_message(about=cast.PER))
        unreadable = a_ferritin().replace(b"</MsgHead>", b"").replace(b"</", b"<", 1)
        receive_from_operator(unreadable, sender_her_id="900004")
        refused = a_ferritin(id=ANOTHER).replace(b"4711.83", b"4711.83 av 12")
        receive_from_operator(refused, sender_her_id=None)
        quarantined = a_ferritin(id=ANOTHER).replace(b"4711.83", b"4711.830")
        receive_from_operator(quarantined, sender_her_id=None)
        assert words_left(*CLINICAL) == set(CLINICAL)

        reserves(kari)
        erase_unread()

        assert words_left(*CLINICAL) == set()
        assert OptOut.objects.get().erased_at
        assert not ReceivedMessage.objects.filter(outcome="quarantined").exists()

    def test_nothing_of_per_is_touched(self, kari):
        has_arrived(a_message(about=cast.PER))

        reserves(kari)
        erase_unread()

        assert DiagnosticReport.objects.count() == 1
        assert ReceivedMessage.objects.get().content_encrypted

    def test_once_is_enough(self, kari):
        reserves(kari)
        reserves(kari)

        assert OptOut.objects.count() == 1
        assert kinds() == [NoticeKind.RESERVED]


class TestWhatComes:
    def test_it_is_answered_as_if_stored_and_not_even_its_bytes_are_kept(self, kari):
        reserves(kari)

        account = receive_from_operator(a_ferritin(), sender_her_id=None)

        assert (account.outcome, account.apprec_status) == ("withheld", 1)
        assert account.warnings == ()
        assert words_left(*CLINICAL) == set()

    def test_what_is_refused_is_not_kept_either(self, kari):
        reserves(kari)
        broken = a_ferritin().replace(b"</MsgHead>", b"").replace(b"</", b"<", 1)

        receive_from_operator(broken, sender_her_id="900004")

        assert words_left(*CLINICAL) == set()

    def test_a_second_with_the_same_id_is_erased_when_next_looked_for(self, kari):
        reserves(kari)
        receive_from_operator(a_ferritin(), sender_her_id=None)
        other = a_ferritin().replace(b"4711.83", b"4711.830")
        receive_from_operator(other, sender_her_id=None)

        assert erase_unread() == 1
        assert words_left(*CLINICAL) == set()

    def test_after_regret_only_what_comes_from_then(self, kari):
        has_arrived(a_ferritin())
        reserves(kari)
        regrets(kari)
        assert not DiagnosticReport.objects.exists()

        has_arrived(a_ferritin(id=ANOTHER))

        assert DiagnosticReport.objects.count() == 1
        assert kinds() == [NoticeKind.RESERVED, NoticeKind.RESERVATION_ENDED]


class TestWhatPersonnelAreTold:
    def opened(self):
        ola = cast.the_viewer(cast.OLA)
        return lookup.open_patient(ola, number=cast.KARI.number, **NEED).value

    def test_that_she_has_reserved_herself_rather_than_that_there_is_nothing(
        self, kari
    ):
        assert not self.opened().is_reserved
        reserves(kari)
        assert self.opened().is_reserved

    def test_unless_nobody_is_to_know(self, kari):
        reserves(kari)
        nobody_is_to_know("may_see_that_reserved")
        assert not self.opened().is_reserved


class TestWhoMay:
    @pytest.mark.parametrize("persona", [cast.PER, cast.NORA, cast.OLA, cast.SIRI])
    @pytest.mark.parametrize(
        "what",
        [lookup.reserve, lookup.end_reservation, lookup.close_digital_access],
    )
    def test_nobody_else_does_it_for_her(self, what, persona, kari):
        has_arrived(a_ferritin())
        viewer = cast.the_viewer(persona)

        answer = what(viewer, patient_id=kari.patient_id)

        assert answer.value is None
        assert not OptOut.objects.exists()
        assert not DigitalOptOut.objects.exists()
        assert DiagnosticReport.objects.exists()


class TestDigital:
    def test_her_own_pages_are_closed_and_personnel_see_as_before(self, kari):
        has_arrived(a_ferritin())
        answer = lookup.close_digital_access(kari, patient_id=kari.patient_id)
        assert answer.value

        for ask in (lookup.list_reports, lookup.read_limits, lookup.read_access_log):
            refused = ask(kari, patient_id=kari.patient_id).verdict
            assert refused.reason is Reason.DIGITALLY_CLOSED
        ola = cast.the_viewer(cast.OLA)
        lookup.open_patient(ola, number=cast.KARI.number, **NEED)
        found = lookup.list_reports(ola, patient_id=kari.patient_id).value
        assert len(found.reports) == 1

    def test_opened_again_it_is_as_before(self, kari):
        lookup.close_digital_access(kari, patient_id=kari.patient_id)
        now = DigitalOptOut.objects.get().set_at
        assert operations.open_digital_access(kari, patient_id=kari.patient_id, at=now)

        assert lookup.list_reports(kari, patient_id=kari.patient_id).value
        assert kinds() == [NoticeKind.DIGITAL_CLOSED, NoticeKind.DIGITAL_OPENED]


ORDERS = st.lists(
    st.sampled_from(["arrives", "reserves", "regrets", "looks for"]), max_size=8
)


class InAnyOrder(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(ORDERS)
    def test_nothing_is_stored_while_reserved(self, order):
        """Whatever the order of deliveries, confirmation and regret."""
        kari = cast.the_viewer(cast.KARI)
        is_reserved, stored = False, 0
        for number, step in enumerate(order):
            if step == "arrives":
                content = a_ferritin(
                    id=str(uuid.UUID(int=number)), generated_at=later(number)
                )
                receive_from_operator(content, sender_her_id=None)
                stored += not is_reserved
            elif step == "reserves":
                reserves(kari)
                is_reserved, stored = True, 0
            elif step == "regrets" and is_reserved:
                regrets(kari)
                is_reserved = False
            elif step == "looks for":
                erase_unread()
            kept = ReceivedMessage.objects.filter(content_encrypted__isnull=False)
            assert kept.count() == stored
