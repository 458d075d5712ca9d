"""Ola assesses Kari's biopsy on its page, and decides when she is shown it."""

import datetime
import re

import pytest

from access.models import AccessLogEntry, ReleaseDecision
from results.models import DiagnosticReport
from tests import cast
from tests.builders import a_message, a_text
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """Where Kari's biopsy is."""
    has_arrived(a_message(type_code="PAT", results=[a_text("Karsinom", code="")]))
    kari = cast.the_viewer(cast.KARI).patient_id
    report = DiagnosticReport.objects.get().pk
    return f"/helsepersonell/pasient/{kari}/svar/{report}/"


@pytest.fixture
def ola(page):
    visitor = a_visitor(cast.OLA)
    state_need(visitor, cast.KARI)
    return visitor


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def version_in(text: str) -> str:
    return re.search(r'name="version_id" value="([^"]*)"', text)[1]


def decide(visitor, page, **said):
    version = version_in(text_of(visitor.get(page)))
    return visitor.post(f"{page}innsyn/", {"version_id": version, **said})


def test_the_page_says_what_kari_is_shown(ola, page):
    text = text_of(ola.get(page))

    assert "Pasienten ser ikke svaret før det er vurdert." in text
    assert "Vurdert – vis for pasienten" in text


def test_one_click_shows_it_and_is_logged(ola, page):
    answer = decide(ola, page, kind="released", comment="Alt er fint.")

    assert (answer.status_code, answer["Location"]) == (302, page)
    text = text_of(ola.get(page))
    assert "Pasienten kan lese svaret." in text
    assert "Bestemt av Ola Lind, Lillevik legesenter" in text
    assert "Alt er fint." in text
    entry = AccessLogEntry.objects.get(action="decide-release")
    assert entry.is_permitted
    assert entry.report_count == 1


def test_what_a_doctor_writes_is_not_readable_in_the_database(ola, page):
    decide(ola, page, kind="released", comment="Alt er fint.")

    stored = ReleaseDecision.objects.get().comment_encrypted
    assert b"fint" not in bytes(stored)


def test_shown_later_from_a_moment(ola, page):
    until = "2199-06-01T09:00"

    assert decide(ola, page, kind="delayed", until=until).status_code == 302
    assert "Pasienten ser svaret fra 01.06.2199 kl. 09.00." in text_of(ola.get(page))


def test_a_moment_that_is_past_is_said_beside_its_field(ola, page):
    answer = decide(ola, page, kind="delayed", until="2020-06-01T09:00", comment="Hei")

    assert answer.status_code == 422
    assert "Velg en dag frem i tid." in text_of(answer)
    assert "Hei" in text_of(answer)
    assert not ReleaseDecision.objects.exists()


def test_access_is_refused_only_with_all_the_law_asks(ola, page):
    answer = decide(ola, page, kind="withheld")

    assert answer.status_code == 422
    text = text_of(answer)
    assert "Velg grunnen loven gir for å nekte innsyn." in text
    assert "Skriv hvorfor svaret unntas fra innsyn." in text
    assert not ReleaseDecision.objects.exists()


def test_a_refusal_is_a_decision_with_a_review(ola, page):
    decide(
        ola,
        page,
        kind="withheld",
        code="NORN_FFL",
        reasons="Drøftet med kollega.",
        review_date="2199-06-01",
    )

    assert "Pasienten er nektet innsyn i svaret." in text_of(ola.get(page))
    decision = ReleaseDecision.objects.get()
    assert decision.review_date == datetime.date(2199, 6, 1)
    assert b"kollega" not in bytes(decision.reasons_encrypted)


def test_a_nurse_reads_it_and_decides_nothing(page):
    mona = a_visitor(cast.MONA)
    state_need(mona, cast.KARI)
    text = text_of(mona.get(page))

    assert "Pasienten ser ikke svaret før det er vurdert." in text
    assert "Vurdert – vis for pasienten" not in text
    version = str(DiagnosticReport.objects.get().versions.get().pk)
    answer = mona.post(f"{page}innsyn/", {"version_id": version, "kind": "released"})
    assert answer.status_code == 403
    assert not ReleaseDecision.objects.exists()


@pytest.mark.parametrize(
    "somebody", [cast.INGRID, cast.HEGE, cast.SIRI, cast.ARNE], ids=lambda p: p.key
)
def test_nobody_decides_without_having_opened_the_patient(somebody, page):
    version = str(DiagnosticReport.objects.get().versions.get().pk)

    answer = a_visitor(somebody).post(
        f"{page}innsyn/", {"version_id": version, "kind": "released"}
    )

    assert answer.status_code == 403
    assert not ReleaseDecision.objects.exists()


def test_nothing_is_decided_by_a_get(ola, page):
    assert ola.get(f"{page}innsyn/").status_code == 405


@pytest.mark.parametrize(
    "said", [{}, {"kind": "shown"}, {"kind": "released", "version_id": "x"}]
)
def test_a_form_that_says_nothing_decides_nothing(ola, page, said):
    assert ola.post(f"{page}innsyn/", said).status_code == 422
    assert not ReleaseDecision.objects.exists()
