"""A record system opens patients where it is registered, and nowhere else."""

import logging

import pytest

from access.models import ClientSystem, Launch, RoleAssignment, UserSession
from access.operations import register_client_system
from access.vocabulary import (
    ClientKind,
)
from tests.cast import (
    FJORD_SYKEHUS,
    INGRID,
    KARI,
    LILLEVIK_LEGESENTER,
    OLA,
    PER,
    a_record_system,
    an_organization,
)
from tests.ehr.refusals import ATTESTATION, assert_refused
from tests.ehr.test_create_refused import ORGANIZATION, POINT_OF_CARE, working_at
from tests.portal.accounts.browser import code_on

pytestmark = pytest.mark.django_db


def switched_off():
    ClientSystem.objects.update(is_active=False)


def forgotten():
    ClientSystem.objects.all().delete()


def for_statistics():
    ClientSystem.objects.update(kind=ClientKind.STATISTICS)


UNKNOWN = {
    "switched off": switched_off,
    "not registered": forgotten,
    "registered for statistics": for_statistics,
}
unknown = pytest.mark.parametrize("becomes", UNKNOWN.values(), ids=UNKNOWN)


@unknown
def test_it_opens_nothing(olas, becomes):
    becomes()

    assert_refused(olas.create(KARI), 403, "CLIENT_UNKNOWN")


@unknown
@pytest.mark.parametrize("call", ["refresh", "end"])
def test_it_touches_nothing_that_it_opened(olas, arrive, becomes, call):
    olas.create(KARI)
    arrive(olas.address())
    becomes()

    answer = getattr(olas, call)()

    assert (answer.status_code, answer.json()["error"]) == (403, "CLIENT_UNKNOWN")
    assert UserSession.objects.get().ends_at == Launch.objects.get().token_expires_at


@unknown
def test_it_is_not_told_what_its_icon_shows(at_the_office, becomes):
    icon = at_the_office(OLA, is_bound=False)
    becomes()

    answer = icon.status_of(KARI.number)

    assert (answer.status_code, answer.json()["error"]) == (403, "CLIENT_UNKNOWN")
    assert "status" not in answer.json()


@unknown
def test_the_code_it_got_a_moment_ago_opens_nothing(olas, arrive, becomes):
    olas.create(KARI)
    becomes()

    answer = arrive(olas.address())

    assert (answer.status_code, code_on(answer)) == (400, "CLIENT_UNKNOWN")
    assert "ikke lenger registrert" in answer.content.decode()
    assert not UserSession.objects.exists()


def test_the_refusal_comes_before_anything_of_the_patient_is_read(olas):
    switched_off()

    assert_refused(olas.create(KARI, claims="nonsense"), 403, "CLIENT_UNKNOWN")


def test_a_laboratorys_machine_is_no_record_system(olas, changed):
    other = changed(olas, OLA, client_id="nordlab-send")

    assert_refused(other.create(KARI), 403, "CLIENT_UNKNOWN")


def test_the_log_names_the_client_and_no_person(olas, caplog):
    caplog.set_level(logging.INFO)
    switched_off()

    answer = olas.create(KARI)

    assert "lillevik-epj is refused: CLIENT_UNKNOWN" in caplog.text
    assert "slått av" in answer.json()["message"]
    assert not [p for p in (KARI, OLA) if p.number in caplog.text]


@pytest.fixture
def lilleviks(olas):
    """Registered for Lillevik legesenter alone."""
    a_record_system(LILLEVIK_LEGESENTER)
    return olas


def test_ingrid_at_fjord_sykehus_has_no_use_for_lilleviks(lilleviks, at_the_office):
    ingrids = at_the_office(INGRID)
    a_record_system(LILLEVIK_LEGESENTER)

    answer = ingrids.create(KARI)

    assert_refused(answer, 403, "CLIENT_NOT_BOUND")
    assert "virksomheten du er logget inn for" in answer.json()["message"]


def test_nor_does_its_icon_answer_her(lilleviks, at_the_office):
    icon = at_the_office(INGRID, is_bound=False)
    a_record_system(LILLEVIK_LEGESENTER)

    assert icon.status_of(PER.number).json()["error"] == "CLIENT_NOT_BOUND"


@pytest.mark.parametrize("call", ["refresh", "end"])
def test_an_organization_that_leaves_takes_its_openings_along(olas, call):
    olas.create(KARI)
    a_record_system(FJORD_SYKEHUS)

    answer = getattr(olas, call)()

    assert (answer.status_code, answer.json()["error"]) == (403, "CLIENT_NOT_BOUND")


def test_registered_for_no_organization_it_serves_none(olas):
    ClientSystem.objects.get().organizations.clear()

    assert_refused(olas.create(KARI), 403, "CLIENT_NOT_BOUND")


def test_an_organization_without_a_number_is_nobodys(olas):
    organization = RoleAssignment.objects.select_related("organization").get()
    a_record_system(LILLEVIK_LEGESENTER)
    organization.organization.organization_number = None
    organization.organization.save()

    assert_refused(olas.create(KARI), 403, "CLIENT_NOT_BOUND")


@pytest.fixture
def within_fjord():
    """Claims of Ola at Lillevik legesenter, as a point of care of Fjord sykehus."""
    an_organization(FJORD_SYKEHUS)
    place = working_at(FJORD_SYKEHUS)
    place[POINT_OF_CARE] = LILLEVIK_LEGESENTER.organization_number
    assert set(place) == {ORGANIZATION, ATTESTATION, POINT_OF_CARE}
    return place


@pytest.mark.parametrize(
    "registered", [FJORD_SYKEHUS, LILLEVIK_LEGESENTER], ids=["the whole", "the part"]
)
def test_registered_for_the_whole_it_serves_the_part(
    olas, changed, within_fjord, registered
):
    a_record_system(registered)

    assert changed(olas, OLA, changed=within_fjord).create(KARI).status_code == 200


def test_registered_for_the_part_it_does_not_serve_the_whole(
    olas, changed, within_fjord
):
    """Ola has his role at the hospital itself, where the system is not registered."""
    a_record_system(LILLEVIK_LEGESENTER)
    RoleAssignment.objects.update(organization_id=an_organization(FJORD_SYKEHUS))

    answer = changed(olas, OLA, changed=within_fjord).create(KARI)

    assert_refused(answer, 403, "ORG_NOT_YOURS")


def test_two_systems_do_not_lend_each_other_their_organizations(olas):
    a_record_system(FJORD_SYKEHUS)
    a_record_system(LILLEVIK_LEGESENTER, client_id="fjord-epj")

    assert_refused(olas.create(KARI), 403, "CLIENT_NOT_BOUND")


def test_a_system_registered_for_both_serves_ola_at_one(olas):
    a_record_system(FJORD_SYKEHUS, LILLEVIK_LEGESENTER)

    assert olas.create(KARI).status_code == 200


def test_registering_anew_takes_away_what_is_not_said_again(db):
    names = [FJORD_SYKEHUS, LILLEVIK_LEGESENTER]
    first = a_record_system(*names)
    switched_off()

    second = register_client_system(
        name="Fjord EPJ",
        client_id="lillevik-epj",
        kind=ClientKind.EHR,
        organization_ids=[an_organization(FJORD_SYKEHUS)],
    )

    system = ClientSystem.objects.get()
    assert first == second == system.id
    assert (str(system), system.is_active) == ("Fjord EPJ", True)
    assert [one.name for one in system.organizations.all()] == ["Fjord sykehus"]
