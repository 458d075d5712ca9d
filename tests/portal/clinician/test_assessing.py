"""Ola's worklist: in two clicks an answer is read and released; and his holidays."""

import re

import pytest
from django.utils import timezone

from access import operations
from access.models import AssessmentDeputy, ReleaseDecision
from results.models import DiagnosticReport
from tests import cast
from tests.builders import a_message, a_text
from tests.portal.visiting import a_visitor, has_arrived

pytestmark = pytest.mark.django_db

LIST = "/helsepersonell/vurdering/"


@pytest.fixture
def biopsy():
    has_arrived(a_message(type_code="PAT", results=[a_text("Karsinom", code="")]))
    return f"{LIST}{DiagnosticReport.objects.get().pk}/"


@pytest.fixture
def ola(biopsy):
    return a_visitor(cast.OLA)


def text_of(answer) -> str:
    return " ".join(answer.content.decode().split())


def version_in(text: str) -> str:
    return re.search(r'name="version_id" value="([^"]*)"', text)[1]


def assess(visitor, address, **said):
    version = version_in(text_of(visitor.get(address)))
    return visitor.post(address, {"version_id": version, **said})


def test_the_list_names_the_patient_and_leads_to_the_answer(ola, biopsy):
    text = text_of(ola.get(LIST))

    assert "PRØVE, Kari" in text
    assert "i dag" in text
    assert biopsy in text
    assert "Karsinom" not in text


def test_the_first_page_says_that_something_waits(ola):
    assert "1 svar venter på at du vurderer det." in text_of(
        ola.get("/helsepersonell/")
    )


def test_two_clicks_with_a_comment(ola, biopsy):
    assert "Karsinom" in text_of(ola.get(biopsy))

    answer = assess(ola, biopsy, kind="released", comment="Vi snakkes på mandag.")

    assert answer["Location"] == LIST
    assert "Ingen svar venter på at du vurderer dem." in text_of(ola.get(LIST))
    assert ReleaseDecision.objects.get().kind == "released"


def test_what_is_wrong_is_said_and_nothing_is_lost(ola, biopsy):
    answer = assess(ola, biopsy, kind="withheld", comment="Hei", reasons="")

    assert answer.status_code == 422
    assert "Skriv hvorfor svaret unntas fra innsyn." in text_of(answer)
    assert "Hei" in text_of(answer)


@pytest.mark.parametrize(
    "persona",
    [cast.INGRID, cast.MONA, cast.HEGE, cast.SIRI, cast.ARNE],
    ids=lambda p: p.key,
)
def test_nobody_else_reads_or_assesses_it(persona, biopsy):
    visitor = a_visitor(persona)
    version = str(DiagnosticReport.objects.get().versions.get().pk)

    read = visitor.get(biopsy)
    said = {"kind": "released", "version_id": version}

    assert (read.status_code, visitor.post(biopsy, said).status_code) == (403, 403)
    assert "Karsinom" not in text_of(read)
    assert "Kari" not in text_of(visitor.get(LIST))
    assert not ReleaseDecision.objects.exists()


def test_one_that_is_not_hers_is_as_one_that_is_not(biopsy):
    ingrid = a_visitor(cast.INGRID)
    nobodys = f"{LIST}00000000-0000-0000-0000-000000000001/"

    def main(answer):
        return text_of(answer).split("<main")[1]

    assert main(ingrid.get(biopsy)) == main(ingrid.get(nobodys))


def a_colleague(ola):
    viewer = cast.the_viewer(cast.OLA)
    operations.assign_role(
        hpr_number=cast.INGRID.hpr_number,
        organization_id=viewer.organization_id,
        role_code="LE",
        valid_from=timezone.localdate(),
    )
    cast.a_signed_in(cast.INGRID)
    return cast.INGRID.hpr_number


def test_a_colleague_is_chosen_for_the_holidays_and_ended(ola):
    number = a_colleague(ola)
    today = f"{timezone.localdate():%Y-%m-%d}"
    assert "Ingrid" in text_of(ola.get(LIST))

    ola.post(
        f"{LIST}stedfortreder/", {"deputy_hpr": number, "first": today, "last": today}
    )
    deputy = AssessmentDeputy.objects.get()
    assert (deputy.valid_to - deputy.valid_from).days == 1
    assert "til og med" in text_of(ola.get(LIST))

    ola.post(f"{LIST}stedfortreder/{deputy.pk}/avslutt/")
    assert "til og med" not in text_of(ola.get(LIST))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"deputy_hpr": ""}, "Velg en kollega."),
        ({"deputy_hpr": "9999999"}, "Velg en som arbeider i virksomheten da."),
        ({"first": ""}, "Velg en dag."),
        ({"first": "2020-01-01"}, "Velg i dag eller en dag frem i tid."),
        ({"last": "2020-01-01"}, "Siste dag må være etter første dag."),
    ],
)
def test_a_deputy_that_cannot_be_is_said(ola, said, words):
    right = {
        "deputy_hpr": a_colleague(ola),
        "first": "2199-07-01",
        "last": "2199-07-31",
    }

    answer = ola.post(f"{LIST}stedfortreder/", {**right, **said})

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not AssessmentDeputy.objects.exists()


def test_who_is_not_employed_sets_no_deputy(ola):
    kari = a_visitor(cast.KARI)

    answer = kari.client.post(
        f"{LIST}stedfortreder/",
        {"deputy_hpr": "1", "first": "2199-07-01", "last": "2199-07-31"},
        headers={"host": "helsepersonell.localhost:8000"},
    )

    assert answer.status_code in (302, 403, 404)
    assert not AssessmentDeputy.objects.exists()
