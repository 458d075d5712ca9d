"""Ola's EHR system and his browser, in this process, with a provider beside them."""

import dataclasses
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.cast import (
    FJORD_SYKEHUS,
    LILLEVIK_KOMMUNE,
    LILLEVIK_LEGESENTER,
    OLA,
    a_record_system,
    employed,
)
from tests.ehr.record_system import RecordSystem
from tests.ehr.tokens import PersonalToken
from tests.portal.accounts.browser import a_provider
from tests.portal.visiting import CLINICIAN, somebody


def post(url, headers, body):
    """Over no network; the address's host and path are those that were called."""
    parts = urlsplit(url)
    return Client(headers={"host": parts.netloc}).post(
        parts.path, body, content_type="application/json", headers=headers
    )


@pytest.fixture
def mint(monkeypatch):
    return a_provider(monkeypatch).issuers["helseid"].mint


@pytest.fixture
def at_the_office(mint):
    """The record system of whoever is asked for; `token` fields may be changed. It is
    registered wherever the cast treats patients."""
    treating = FJORD_SYKEHUS, LILLEVIK_KOMMUNE, LILLEVIK_LEGESENTER

    def of(persona, **token) -> RecordSystem:
        a_record_system(*treating)
        if persona.hpr_number:
            employed(persona)
        credentials = PersonalToken(persona, mint, **token).headers
        return RecordSystem(credentials, post)

    return of


@pytest.fixture
def olas(at_the_office) -> RecordSystem:
    return at_the_office(OLA)


@pytest.fixture
def browser() -> Client:
    """The browser on Ola's desk, where nobody has signed in."""
    return somebody(CLINICIAN)


@pytest.fixture
def arrive(browser):
    """Follow an address as the browser does: path and query, on its own host."""

    def follow(address, client=browser, **headers):
        parts = urlsplit(address)
        assert parts.netloc == CLINICIAN
        return client.get(f"{parts.path}?{parts.query}", headers=headers)

    return follow


@pytest.fixture
def changed(mint):
    """The same record system with another token in its hands."""

    def with_token(system, persona, **token) -> RecordSystem:
        credentials = PersonalToken(persona, mint, **token).headers
        return dataclasses.replace(system, credentials=credentials)

    return with_token
