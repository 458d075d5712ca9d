"""Per gives Kari a power, limits it and ends it; Nora decides of her mother."""

import datetime
import uuid

import pytest

from access.models import AccessLogEntry, Representation, YouthConsent
from tests import cast
from tests.access.representing import is_parent, key_of
from tests.portal.visiting import a_visitor

pytestmark = pytest.mark.django_db

PAGE = "/innbygger/fullmakter/"
GIVE = f"{PAGE}gi/"


@pytest.fixture
def per():
    return a_visitor(cast.PER)


def given(visitor, **said) -> Representation:
    answer = visitor.post(GIVE, {"number": cast.KARI.number, **said})
    assert answer.status_code == 302
    return Representation.objects.latest("registered_at")


def words_of(answer) -> str:
    return answer.content.decode()


class TestGiving:
    def test_the_receiver_is_told_by_a_masked_number_alone(self, per):
        given(per)

        words = words_of(per.get(PAGE))

        assert f"{cast.KARI.number[:6]} •••••" in words
        assert cast.KARI.number not in words
        assert "Kari" not in words

    def test_what_is_limited_is_kept_and_told(self, per):
        until = datetime.date.today() + datetime.timedelta(days=30)
        row = given(per, categories="MBIO", includes_log="on", valid_to=until)

        assert (row.categories, row.includes_log) == (["MBIO"], True)
        assert row.valid_to == until + datetime.timedelta(days=1)
        words = words_of(per.get(PAGE))
        assert "Mikrobiologi, og hvem som har sett svarene" in words

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({}, "Skriv fødselsnummeret"),
            ({"number": "123"}, "Skriv 11 siffer"),
            ({"number": cast.PER.number}, "Nummeret er ditt eget"),
            ({"number": cast.NORA.number}, "må ha fylt 18 år"),
            ({"number": cast.KARI.number, "valid_to": "2020-01-01"}, "frem i tid"),
            ({"number": cast.KARI.number, "valid_to": "31.2.2026"}, "dato som finnes"),
            (
                {
                    "number": cast.KARI.number,
                    "reports_from": "2026-02-01",
                    "reports_to": "2026-01-01",
                },
                "siste dagen er før den første",
            ),
        ],
        ids=[
            "nothing",
            "no number",
            "himself",
            "a child",
            "past",
            "no day",
            "reversed",
        ],
    )
    def test_what_cannot_be_given_is_told_and_nothing_lost(self, said, told, per):
        answer = per.post(GIVE, said)

        assert answer.status_code == 422
        assert told in words_of(answer)
        assert not Representation.objects.exists()

    def test_it_is_not_given_twice(self, per):
        given(per)

        answer = per.post(GIVE, {"number": cast.KARI.number})

        assert "allerede en fullmakt" in words_of(answer)

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_who_one_is_must_be_shown_just_now(self, method, per):
        session = per.client.session
        session["authenticated_at"] -= 11 * 60
        session.save()

        answer = getattr(per, method)(GIVE)

        assert answer["Location"].startswith("/innlogging/idporten/start/?next=")
        assert answer["Location"].endswith("bekreft=ja")

    def test_ending_asks_for_no_login(self, per):
        row = given(per)
        session = per.client.session
        session["authenticated_at"] -= 50 * 60
        session.save()

        assert per.post(f"{PAGE}{row.pk}/avslutt/")["Location"] == PAGE
        row.refresh_from_db()
        assert row.ended_at is not None


class TestChanging:
    def test_another_takes_its_place(self, per):
        row = given(per, categories="MBIO")
        page = f"{PAGE}{row.pk}/endre/"
        assert 'value="MBIO"' in words_of(per.get(page))

        per.post(page, {"categories": "PAT"})

        standing = Representation.objects.get(ended_at=None)
        assert standing.categories == ["PAT"]
        assert standing.pk != row.pk

    @pytest.mark.parametrize("what", ["endre", "avslutt"])
    def test_anothers_is_as_one_that_is_not(self, what, per):
        row = given(per)
        jonas = a_visitor(cast.JONAS)

        theirs = jonas.post(f"{PAGE}{row.pk}/{what}/")
        nobodys = jonas.post(f"{PAGE}{uuid.uuid4()}/{what}/")

        assert theirs.status_code == nobodys.status_code in (403, 404)
        row.refresh_from_db()
        assert row.ended_at is None


class TestAYouth:
    """Nora is fourteen."""

    @pytest.fixture
    def nora(self):
        is_parent(cast.KARI, cast.NORA)
        return a_visitor(cast.NORA)

    def says(self, nora, answer):
        said = {"parent": key_of(cast.KARI), "svar": answer}
        return nora.post(f"{PAGE}foreldre/", said)

    def test_says_yes_and_then_no(self, nora):
        self.says(nora, "ja")
        assert "Ser svarene dine" in words_of(nora.get(PAGE))
        self.says(nora, "nei")

        assert "Ser ikke svarene dine" in words_of(nora.get(PAGE))
        assert YouthConsent.objects.get().revoked_at

    def test_gives_no_power(self, nora):
        answer = nora.post(GIVE, {"number": cast.KARI.number})

        assert "fylt 16 år" in words_of(answer)

    def test_decides_of_no_stranger(self, nora):
        said = {"parent": key_of(cast.JONAS), "svar": "ja"}

        answer = nora.post(f"{PAGE}foreldre/", said)

        assert answer.status_code == 422
        entry = AccessLogEntry.objects.get(action="set-represent")
        assert (entry.is_permitted, entry.reason) == (False, "NOT_REGISTERED")

    def test_nobody_else_has_that_choice(self, per):
        answer = self.says(per, "ja")

        assert answer.status_code == 422
        assert not YouthConsent.objects.exists()
