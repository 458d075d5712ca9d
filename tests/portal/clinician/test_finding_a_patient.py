"""Finding a patient: refusals first, each with its reason and the next step."""

import uuid

import pytest

from access.models import AccessLogEntry, CareRelationship
from access.terms import Action, Reason
from tests import cast
from tests.portal.visiting import a_visitor, state_need

pytestmark = pytest.mark.django_db

SEARCH = "/helsepersonell/"


def page_of(answer) -> str:
    return answer.content.decode()


def only_entry() -> AccessLogEntry:
    return AccessLogEntry.objects.get()


@pytest.mark.parametrize(
    ("missing", "reason", "title"),
    [
        ({"basis": ""}, Reason.BASIS_REQUIRED, "Oppgi et tilgangsgrunnlag"),
        ({"purpose": ""}, Reason.PURPOSE_REQUIRED, "Oppgi et formål"),
        (
            {"basis": "AKUTT", "purpose": "TREAT"},
            Reason.BASIS_NOT_ALLOWED,
            "Grunnlaget kan ikke brukes her",
        ),
    ],
)
def test_without_a_stated_need_nothing_is_opened(missing, reason, title):
    ola = a_visitor(cast.OLA)

    answer = state_need(ola, cast.KARI, **missing)

    assert answer.status_code == 403
    assert title in page_of(answer)
    assert 'name="basis"' in page_of(answer)
    assert only_entry().reason == reason
    assert not CareRelationship.objects.exists()


@pytest.mark.parametrize(
    ("persona", "title"),
    [
        (cast.HEGE, "Rollen din gir ikke tilgang"),
        (cast.SIRI, "Vi fant ingen autorisasjon"),
        (cast.ARNE, "Grunnlaget kan ikke brukes her"),
    ],
    ids=["secretary", "administrator", "ambulance"],
)
def test_who_may_not_look_is_told_why(persona, title):
    answer = state_need(a_visitor(persona), cast.KARI)

    assert answer.status_code == 403
    assert title in page_of(answer)
    assert cast.KARI.name not in page_of(answer)


def test_an_ambulance_worker_opens_in_an_emergency():
    arne = a_visitor(cast.ARNE)

    answer = state_need(arne, cast.KARI, basis="AKUTT", purpose="ETREAT")

    assert answer.status_code == 302


def test_a_login_of_the_lower_level_opens_nothing():
    ola = a_visitor(cast.OLA, security_level=3)

    answer = state_need(ola, cast.KARI)

    assert answer.status_code == 403
    assert "Innloggingen er ikke sikker nok" in page_of(answer)


def test_personnel_do_not_open_their_own_record_here():
    ola = a_visitor(cast.OLA)

    answer = state_need(ola, cast.OLA)

    assert answer.status_code == 403
    assert "Du kan ikke åpne dine egne svar her" in page_of(answer)


def last_digit_changed(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda n: "", "Skriv fødselsnummeret til pasienten."),
        (lambda n: n[:-1], "Skriv 11 siffer."),
        (lambda n: "Kari Prøve", "Skriv 11 siffer."),
        (last_digit_changed, "Nummeret er ikke gyldig."),
        (lambda n: n * 5, "Skriv 11 siffer."),
    ],
    ids=["empty", "short", "a-name", "wrong-check-digit", "endless"],
)
def test_a_number_that_is_none_is_explained_beside_the_field(change, sentence):
    ola = a_visitor(cast.OLA)

    answer = state_need(ola, cast.KARI, number=change(cast.KARI.number))

    assert answer.status_code == 200
    assert sentence in page_of(answer)
    assert not AccessLogEntry.objects.exists()


def test_a_basis_that_is_none_of_ours_is_a_fault_in_the_form():
    ola = a_visitor(cast.OLA)

    answer = state_need(ola, cast.KARI, basis="FORHOYET_AKUTT")

    assert "FORHOYET_AKUTT er ikke et" in page_of(answer).replace("\n", " ")
    assert not AccessLogEntry.objects.exists()


def test_with_a_need_the_patient_opens_under_an_opaque_key():
    ola = a_visitor(cast.OLA)

    answer = state_need(
        ola, cast.KARI, number=f" {cast.KARI.number[:6]} {cast.KARI.number[6:]}"
    )

    kari = cast.the_viewer(cast.KARI).patient_id
    assert answer["Location"] == f"/helsepersonell/pasient/{kari}/"
    assert only_entry().action == Action.OPEN_PATIENT


def test_a_patient_nobody_has_reported_on_looks_like_any_other():
    """Or the search would be a register of who has been tested."""
    ola = a_visitor(cast.OLA)

    opened = state_need(ola, cast.JONAS)
    page = page_of(ola.get(opened["Location"]))

    assert "Ingen svar på denne pasienten" in page
    assert "Ikke alle laboratorier" in page


def test_the_field_is_not_remembered_by_the_browser():
    page = page_of(a_visitor(cast.OLA).get(SEARCH))

    field = page[page.index('name="number"') :].split(">")[0]
    assert 'autocomplete="off"' in field
    assert 'inputmode="numeric"' in field


def test_the_number_is_taken_from_the_body_alone():
    ola = a_visitor(cast.OLA)

    answer = ola.get(f"{SEARCH}?number={cast.KARI.number}&basis=SAMTYKKE&purpose=TREAT")

    assert answer.status_code == 200
    assert not AccessLogEntry.objects.exists()


def test_a_need_can_be_stated_anew_for_a_patient_already_known():
    ola = a_visitor(cast.OLA)
    address = state_need(ola, cast.KARI)["Location"]
    ola.post(f"{address}lukk/")

    refused = ola.get(address)
    renewed = ola.post(f"{address}behov/", {"basis": "UNNTAK", "purpose": "COC"})

    assert refused.status_code == 403
    assert "behov/" in page_of(refused)
    assert renewed["Location"] == address
    assert ola.get(address).status_code == 200


def test_a_need_for_a_key_that_is_nobodys_is_refused():
    ola = a_visitor(cast.OLA)

    answer = ola.post(
        f"/helsepersonell/pasient/{uuid.uuid4()}/behov/",
        {"basis": "SAMTYKKE", "purpose": "TREAT"},
    )

    assert answer.status_code == 403
    assert "Vi fant ikke svaret" in page_of(answer)


def test_a_need_without_basis_shows_the_form_again_with_the_reason():
    ola = a_visitor(cast.OLA)
    address = state_need(ola, cast.KARI, basis="UNNTAK")["Location"]

    answer = ola.post(f"{address}behov/", {})

    assert answer.status_code == 403
    assert "Oppgi et tilgangsgrunnlag" in page_of(answer)


def test_signing_out_closes_the_patient():
    ola = a_visitor(cast.OLA)
    address = state_need(ola, cast.KARI)["Location"]
    assert ola.get(address).status_code == 200

    ola.post("/innlogging/ut/")

    again = a_visitor(cast.OLA)
    assert again.get(address).status_code != 200


def test_who_has_agreed_before_is_opened_by_number_alone():
    """The consent is kept for the course of treatment: the next visit is one click."""
    ola = a_visitor(cast.OLA)
    first = state_need(ola, cast.KARI)["Location"]
    ola.post(f"{first}lukk/")

    answer = ola.post("/helsepersonell/", {"number": cast.KARI.number})

    assert answer["Location"] == first
