"""Kari says where and of what she wants to be told, on a page of her own."""

import pytest

from access.models import ContactPoint, NoticeChoice
from results.models import OutgoingMessage
from tests import cast
from tests.portal.visiting import CITIZEN, a_visitor, somebody

pytestmark = pytest.mark.django_db

PAGE = "/innbygger/varsler/"
CHANGES = {
    "valg": {"looks": "each", "answers": "on"},
    "adresse": {"channel": "email", "address": "kari@example.no"},
    "kode": {"channel": "email", "code": "123456"},
    "fjern": {"channel": "email"},
}


@pytest.fixture
def kari():
    return a_visitor(cast.KARI)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


class TestWhoMay:
    @pytest.mark.parametrize("name", CHANGES)
    def test_nobody_who_has_not_signed_in(self, name):
        answer = somebody(CITIZEN).post(f"{PAGE}{name}/", CHANGES[name])
        assert answer.status_code == 302
        assert not ContactPoint.objects.exists()

    @pytest.mark.parametrize("name", ["valg", "adresse"])
    @pytest.mark.parametrize("persona", [cast.OLA, cast.SIRI])
    def test_no_personnel(self, persona, name):
        client = a_visitor(persona).client
        answer = client.post(f"{PAGE}{name}/", CHANGES[name], headers={"host": CITIZEN})

        assert answer.status_code == 403
        assert not ContactPoint.objects.exists()
        assert not NoticeChoice.objects.exists()

    def test_each_changes_their_own(self, kari):
        a_visitor(cast.PER).post(f"{PAGE}adresse/", CHANGES["adresse"])
        owner = cast.the_viewer(cast.PER).patient_id

        assert ContactPoint.objects.get().patient_id == owner
        assert "kari@example.no" not in text_of(kari.get(PAGE))


def test_an_address_waits_for_its_code(kari):
    assert kari.post(f"{PAGE}adresse/", CHANGES["adresse"]).status_code == 302

    page = text_of(kari.get(PAGE))
    assert "kari@example.no" in page
    assert "ikke bekreftet ennå" in page
    assert OutgoingMessage.objects.get().kind == "notice"


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("adresse", {"channel": "email", "address": "kari"}, "navn@eksempel.no"),
        ("adresse", {"channel": "sms", "address": "123"}, "åtte siffer"),
        ("kode", {"channel": "email", "code": "12"}, "Koden er seks siffer"),
        ("kode", {"channel": "email", "code": "123456"}, "Koden stemmer ikke"),
        ("valg", {"looks": "daily"}, "Varsler"),
        ("fjern", {"channel": "due"}, "Varsler"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_changed(name, said, told, kari):
    answer = kari.post(f"{PAGE}{name}/", said)

    assert answer.status_code == 422
    assert told in text_of(answer)
    assert not ContactPoint.objects.exists()
    assert not NoticeChoice.objects.exists()


def test_a_norwegian_number_is_given_its_country(kari):
    kari.post(f"{PAGE}adresse/", {"channel": "sms", "address": "900 00 000"})

    assert "+4790000000" in text_of(kari.get(PAGE))


def test_choices_are_kept_and_shown(kari):
    kari.post(f"{PAGE}valg/", CHANGES["valg"])

    row = NoticeChoice.objects.get()
    assert (row.looks, row.answers, row.language) == ("each", True, "nb")
    kari.post(f"{PAGE}adresse/", CHANGES["adresse"])
    kari.post(f"{PAGE}fjern/", CHANGES["fjern"])
    assert not ContactPoint.objects.exists()
