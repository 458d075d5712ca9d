"""The cast of the demonstration: believable, and nobody real."""

import datetime

import pytest

from portal.demo import people
from portal.demo.generator.numbers import organization_number, synthetic_number
from results import identity


def test_a_real_service_refuses_the_cast():
    for persona in people.PERSONAS:
        with pytest.raises(identity.InvalidIdentityNumber) as refusal:
            identity.parse(persona.number, allow_test_numbers=False)
        assert refusal.value.fault is identity.NumberFault.TEST_NUMBER


def test_everyone_has_a_number_of_their_own_that_holds():
    numbers = {persona.number for persona in people.PERSONAS}

    assert len(numbers) == len(people.PERSONAS)
    for number in numbers:
        assert identity.parse(number, allow_test_numbers=True).is_synthetic


def test_kari_is_born_when_her_number_says():
    number = identity.parse(people.KARI.number, allow_test_numbers=True)

    assert number.birth_date == datetime.date(1984, 4, 12)
    assert number.is_female


def test_a_persona_never_shows_the_number_when_printed():
    assert people.KARI.number not in repr(people.KARI)


def test_subjects_are_stable_and_tell_nothing():
    subjects = {persona.subject for persona in people.PERSONAS}

    assert len(subjects) == len(people.PERSONAS)
    assert people.KARI.subject == people.KARI.subject
    assert people.KARI.number not in people.KARI.subject


def test_only_tor_is_signed_in_too_weakly():
    weak = [p.name for p in people.PERSONAS if p.security_level < 4]

    assert weak == ["Tor Elvestad"]


def test_personnel_act_for_an_organisation_that_exists():
    known = {o.organization_number for o in people.ORGANIZATIONS}
    personnel = [p for p in people.PERSONAS if p.hpr_number]

    assert len(personnel) == 6
    for persona in personnel:
        assert persona.organization_number in known
        assert persona.role_code


def test_citizens_come_with_no_role():
    citizens = [p for p in people.PERSONAS if p.is_citizen]

    assert {p.name.split()[0] for p in citizens} == {
        "Kari",
        "Per",
        "Nora",
        "Jonas",
        "Tor",
        "Marte",
    }
    assert not any(p.hpr_number or p.role_code for p in citizens)


def test_only_those_who_treat_may_look_up():
    approved = {o.name for o in people.ORGANIZATIONS if o.is_approved}

    assert approved == {"Lillevik legesenter", "Fjord sykehus", "Lillevik kommune"}


def test_each_laboratory_sends_with_a_client_of_its_own():
    clients = [laboratory.client_id for laboratory in people.LABORATORIES]

    assert clients == ["nordlab-send", "fjordlab-send", "fjordradiologi-send"]
    assert people.NORDLAB.name == "Nordlab"


def test_organisation_numbers_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="check digit"):
        organization_number("31000006")


def test_organisation_numbers_hold_their_check_digit():
    weights = (3, 2, 7, 6, 5, 4, 3, 2, 1)
    for organization in people.ORGANIZATIONS:
        digits = map(int, organization.organization_number)
        assert sum(d * w for d, w in zip(digits, weights, strict=True)) % 11 == 0, (
            organization.name
        )


@pytest.mark.parametrize("year", [1900, 1939, 1940, 1999, 2000, 2026])
@pytest.mark.parametrize("is_female", [True, False])
def test_numbers_are_valid_in_every_century(year, is_female):
    born = datetime.date(year, 2, 28)
    digits = synthetic_number(born, is_female=is_female, index=7)
    number = identity.parse(digits, allow_test_numbers=True)

    assert number.birth_date == born
    assert number.is_female is is_female


def test_many_born_the_same_day_get_different_numbers():
    born = datetime.date(1980, 1, 1)
    numbers = {synthetic_number(born, is_female=True, index=i) for i in range(150)}

    assert len(numbers) == 150


def test_a_day_does_not_hold_endless_numbers():
    with pytest.raises(ValueError, match="No synthetic number left"):
        synthetic_number(datetime.date(1980, 1, 1), is_female=True, index=400)


def test_years_outside_the_series_are_refused():
    with pytest.raises(ValueError, match="2040"):
        synthetic_number(datetime.date(2040, 1, 1), is_female=False, index=0)
