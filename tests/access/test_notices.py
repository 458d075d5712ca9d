"""Kari is told, where she has shown that it is hers, and never of what."""

import datetime
import re
from pathlib import Path

import pytest
import time_machine

from access import lookup
from access.limits import RestrictionScope
from access.models import ContactPoint, Notice
from access.notices import (
    after_quiet_hours,
    announce_answer,
    notice_looks,
    send_notices,
)
from access.switches import Policies
from access.terms import (
    AccessBasis,
    EmergencyReason,
    PurposeOfUse,
)
from access.vocabulary import (
    Channel,
    NoticeKind,
    ToldOfLooks,
)
from results.ingestion.outbox import MOST_ATTEMPTS, send_due
from results.models import Alarm, OutgoingMessage
from tests import cast
from tests.access.situations import NEED

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 24, 11, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def boxes(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.SMS = (tmp_path / "sms").as_uri()
    return tmp_path


@pytest.fixture
def kari():
    return cast.the_viewer(cast.KARI)


def deliver() -> None:
    send_notices()
    send_due(seconds=10, jitter=lambda: 0.0)


def mail_in(folder: Path) -> list[str]:
    files = sorted((folder / "mail").glob("*")) if (folder / "mail").exists() else []
    return [
        part
        for path in files
        for part in path.read_text().split("-" * 79)
        if part.strip()
    ]


def sms_in(folder: Path) -> list[str]:
    return [path.read_text() for path in (folder / "sms").glob("*.sms")]


def gives(kari, channel=Channel.EMAIL, address="kari@example.no"):
    return lookup.set_contact(
        kari, patient_id=kari.patient_id, channel=channel, address=address
    ).value


def confirms(kari, code, channel=Channel.EMAIL):
    return lookup.confirm_contact(
        kari, patient_id=kari.patient_id, channel=channel, code=code
    ).value


def has_a_confirmed_address(kari, boxes) -> int:
    """How many letters that took."""
    gives(kari)
    deliver()
    assert confirms(kari, code_in(mail_in(boxes)[-1]))
    return len(mail_in(boxes))


def code_in(letter: str) -> str:
    import email
    from email import policy

    body = email.message_from_string(letter.lstrip(), policy=policy.default)
    found = re.search(r"\b\d{6}\b", body.get_content())
    assert found
    return found.group()


def closes_all(kari) -> None:
    scope = RestrictionScope.ALL
    assert lookup.restrict(kari, patient_id=kari.patient_id, scope=scope).value


def wants(kari, **changed) -> None:
    said = {"looks": ToldOfLooks.NEVER, "answers": False, "language": "nb", **changed}
    assert lookup.choose_notices(kari, patient_id=kari.patient_id, **said).value


class TestAddress:
    def test_only_a_code_goes_to_one_that_is_not_confirmed(self, kari, boxes):
        gives(kari)
        closes_all(kari)
        deliver()

        assert len(mail_in(boxes)) == 1
        assert Notice.objects.get().outcome == "paper"

    def test_the_code_confirms_it_once_and_in_time(self, kari, boxes, clock):
        gives(kari)
        deliver()
        code = code_in(mail_in(boxes)[0])

        assert confirms(kari, "000000" if code != "000000" else "111111") is False
        clock.shift(datetime.timedelta(minutes=16))
        assert confirms(kari, code) is False
        gives(kari)
        deliver()
        assert confirms(kari, code_in(mail_in(boxes)[-1])) is True

    def test_nobody_guesses_for_ever(self, kari, boxes):
        gives(kari)
        deliver()
        code = code_in(mail_in(boxes)[0])
        wrong = "000000" if code != "000000" else "111111"
        assert {confirms(kari, wrong) for _ in range(5)} == {False}

        assert confirms(kari, code) is False

    def test_a_new_code_is_not_sent_at_once(self, kari):
        assert gives(kari) is True
        assert gives(kari) is False

    def test_the_address_is_nowhere_in_the_open(self, kari):
        gives(kari)
        closes_all(kari)
        row = str(OutgoingMessage.objects.values().get())

        assert "kari@" not in row
        assert "kari@" not in str(ContactPoint.objects.values().get())

    def test_it_may_be_a_telephone(self, kari, boxes):
        gives(kari, Channel.SMS, "+4790000000")
        deliver()
        code = re.findall(r"\b\d{6}\b", sms_in(boxes)[0])[-1]
        assert confirms(kari, code, Channel.SMS)

        closes_all(kari)
        deliver()
        assert len(sms_in(boxes)) == 2


class TestWhatIsTold:
    def test_a_change_is_told_without_saying_which(self, kari, boxes):
        before = has_a_confirmed_address(kari, boxes)
        closes_all(kari)
        deliver()

        (letter,) = mail_in(boxes)[before:]
        assert "kari@example.no" in letter
        assert "http" not in letter
        for word in ("sperr", "Kari", "svar er", cast.KARI.number):
            assert word not in letter

    def test_what_was_opened_in_an_emergency_is_told(self, kari, boxes):
        before = has_a_confirmed_address(kari, boxes)
        closes_all(kari)
        ola = cast.the_viewer(cast.OLA)
        lookup.open_patient(ola, number=cast.KARI.number, **NEED)
        lookup.renew_need(
            ola,
            patient_id=kari.patient_id,
            basis=AccessBasis.ELEVATED_EMERGENCY,
            purpose=PurposeOfUse.BTG,
            emergency_reason=EmergencyReason.UNCONSCIOUS,
        )
        deliver()

        kinds = set(Notice.objects.values_list("kind", "outcome"))
        assert (NoticeKind.OPENED_IN_EMERGENCY, "sent") in kinds
        assert len(mail_in(boxes)) == before + 2

    def test_an_answer_is_told_of_to_whoever_wants_to_know(self, kari, boxes):
        before = has_a_confirmed_address(kari, boxes)
        announce_answer(kari.patient_id)
        deliver()
        assert len(mail_in(boxes)) == before
        wants(kari, answers=True)
        announce_answer(kari.patient_id)
        deliver()

        assert len(mail_in(boxes)) == before + 1

    def test_several_at_once_are_one_letter(self, kari, boxes):
        before = has_a_confirmed_address(kari, boxes)
        wants(kari, answers=True)
        for _ in range(3):
            announce_answer(kari.patient_id)
        deliver()

        assert len(mail_in(boxes)) == before + 1

    def test_whoever_has_closed_digital_access_hears_that_and_no_more(
        self, kari, boxes
    ):
        before = has_a_confirmed_address(kari, boxes)
        lookup.close_digital_access(kari, patient_id=kari.patient_id)
        deliver()
        assert len(mail_in(boxes)) == before + 1
        Notice.objects.create(
            patient_id=kari.patient_id, kind=NoticeKind.OPENED_IN_EMERGENCY, at=NOON
        )
        deliver()

        assert len(mail_in(boxes)) == before + 1
        assert (
            Notice.objects.get(kind=NoticeKind.OPENED_IN_EMERGENCY).outcome == "paper"
        )


class TestLooks:
    def look(self):
        ola = cast.the_viewer(cast.OLA)
        lookup.open_patient(ola, number=cast.KARI.number, **NEED)

    def looked(self, clock, after) -> list[str]:
        clock.shift(after)
        notice_looks()
        return list(Notice.objects.values_list("kind", flat=True))

    def test_each_is_told_once(self, kari, clock):
        wants(kari, looks=ToldOfLooks.EACH)
        clock.shift(SECOND)
        self.look()
        self.look()

        hour = datetime.timedelta(hours=1)
        assert self.looked(clock, hour) == [NoticeKind.LOOKED]
        assert self.looked(clock, hour) == [NoticeKind.LOOKED]

    def test_a_month_is_told_when_it_is_over(self, kari, clock):
        wants(kari, looks=ToldOfLooks.MONTHLY)
        clock.shift(SECOND)
        self.look()

        assert self.looked(clock, datetime.timedelta(days=1)) == []
        week = datetime.timedelta(days=7)
        assert self.looked(clock, week) == [NoticeKind.LOOKED_THIS_MONTH]

    def test_whoever_has_not_asked_is_not_told(self, kari, clock):
        self.look()
        assert self.looked(clock, datetime.timedelta(days=60)) == []


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("2026-11-24T20:59+01:00", "2026-11-24T20:59+01:00"),
        ("2026-11-24T21:00+01:00", "2026-11-25T08:00+01:00"),
        ("2026-11-25T07:59+01:00", "2026-11-25T08:00+01:00"),
        # The clock is put forward that night, and back that other.
        ("2026-03-28T23:30+01:00", "2026-03-29T08:00+02:00"),
        ("2026-10-24T23:30+02:00", "2026-10-25T08:00+01:00"),
    ],
)
def test_nothing_goes_in_the_evening_or_the_night(said, goes):
    moment = datetime.datetime.fromisoformat(said)
    due = after_quiet_hours(moment, Policies())

    assert due == datetime.datetime.fromisoformat(goes)


def test_what_cannot_be_sent_is_tried_then_given_up_with_an_alarm(
    kari, boxes, settings, clock
):
    settings.SMS = "no_such_module:Sms"
    gives(kari, Channel.SMS, "+4790000000")
    for _ in range(MOST_ATTEMPTS):
        assert not Alarm.objects.exists()
        deliver()
        clock.shift(datetime.timedelta(hours=7))

    letter = OutgoingMessage.objects.get(kind="notice")
    assert (letter.due_at, letter.content_encrypted) == (None, None)
    assert "9000" not in letter.problem
    assert Alarm.objects.get().kind == "unsent"
