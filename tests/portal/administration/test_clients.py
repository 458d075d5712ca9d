"""Siri registers which record systems may open patients, and for whom."""

import pytest

from access.models import ClientSystem
from tests import cast
from tests.portal.test_administration import appointed, opened
from tests.portal.visiting import ADMINISTRATION, a_visitor

pytestmark = pytest.mark.django_db

ADDRESS = "/forvaltning/access/clientsystem/"
HOST = {"host": ADMINISTRATION}


@pytest.fixture
def siri():
    visitor = a_visitor(cast.SIRI)
    appointed(cast.SIRI)
    return visitor


def registers(visitor, **changed):
    said = {
        "name": "Lillevik EPJ",
        "client_id": "lillevik-epj",
        "kind": "ehr",
        "organizations": [cast.an_organization(cast.LILLEVIK_LEGESENTER)],
        "is_active": "on",
        **changed,
    }
    return visitor.client.post(f"{ADDRESS}add/", said, headers=HOST)


def test_ola_registers_nothing():
    assert registers(a_visitor(cast.OLA)).status_code == 302
    assert not ClientSystem.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organizations", []),
        ("client_id", ""),
        ("name", ""),
        ("kind", "laboratory"),
    ],
)
def test_a_system_without_one_of_these_is_not_registered(siri, field, value):
    answer = registers(siri, **{field: value})

    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert not ClientSystem.objects.exists()


def test_one_client_is_registered_once(siri):
    registers(siri)

    again = registers(siri, name="Another", kind="statistics")

    assert "client_id" in again.context["adminform"].form.errors
    assert ClientSystem.objects.get().name == "Lillevik EPJ"


@pytest.mark.parametrize("kind", ["ehr", "statistics"])
def test_siri_registers_one_and_switches_it_off(siri, kind):
    assert registers(siri, kind=kind).status_code == 302
    system = ClientSystem.objects.get()
    assert (system.kind, system.is_active) == (kind, True)
    assert [str(one) for one in system.organizations.all()] == ["Lillevik legesenter"]

    organizations = [one.pk for one in system.organizations.all()]
    said = {"name": "x", "client_id": "x", "kind": kind, "organizations": organizations}
    siri.client.post(f"{ADDRESS}{system.pk}/change/", said, headers=HOST)

    assert not ClientSystem.objects.get().is_active


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ("Journalsystem", "virksomheter")),
        ("nn", ("Journalsystem", "verksemder")),
    ],
)
def test_the_form_is_in_both_languages(siri, settings, language, words):
    siri.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    page = opened(siri, f"{ADDRESS}add/").content.decode().lower()

    assert [word for word in words if word.lower() not in page] == []
