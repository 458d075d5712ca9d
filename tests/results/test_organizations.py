"""A sender is the same sender tomorrow, whatever has become known in between."""

import pytest

from results.operations import register_organization, sender_of
from results.parsed import ParsedIdentifier, ParsedParty, ParsedUnit

pytestmark = pytest.mark.django_db


def a_party(**ids: str) -> ParsedParty:
    """A sender with ids by kind: `a_party(HER="900004", ENH="…")`."""
    identifiers = tuple(ParsedIdentifier(value, kind) for kind, value in ids.items())
    return ParsedParty(organization=ParsedUnit("Nordlab", identifiers))


def test_a_sender_known_by_number_alone_stays_the_same():
    before = sender_of(a_party(ENH="310000040"), fallback=None)
    sender_of(a_party(HER="900004", ENH="310000040"), fallback=None)

    assert sender_of(a_party(ENH="310000040"), fallback=None) == before


def test_a_number_finds_the_one_who_was_registered_with_it():
    nordlab = register_organization(
        name="Nordlab", her_id="900004", organization_number="310000040"
    )

    assert sender_of(a_party(ENH="310000040"), fallback=None) == nordlab


def test_who_names_nobody_is_the_channels_own():
    nordlab = register_organization(name="Nordlab", her_id="900004")

    assert sender_of(None, fallback=nordlab.id) == nordlab
    assert sender_of(a_party(), fallback=nordlab.id) == nordlab


def test_strangers_without_any_id_share_one_place():
    assert sender_of(None, fallback=None) == sender_of(a_party(), fallback=None)


def test_an_absurd_id_is_no_id():
    nordlab = register_organization(name="Nordlab", her_id="900004")

    assert sender_of(a_party(HER="9" * 51), fallback=nordlab.id) == nordlab
