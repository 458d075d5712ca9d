"""A patient's number: in the body of one form, and from there nowhere."""

import logging
import re

import pytest

from access.models import AccessLogEntry
from tests import cast
from tests.builders import a_message
from tests.portal.visiting import a_visitor, has_arrived, state_need

pytestmark = pytest.mark.django_db

SEARCHES = {
    "without-a-basis": {"basis": ""},
    "without-a-purpose": {"purpose": ""},
    "with-a-basis-of-no-list": {"basis": "X"},
    "with-a-wrong-digit": {"number": cast.KARI.number[:-1] + "x"},
    "as-it-should-be": {},
}


@pytest.mark.parametrize("search", SEARCHES)
def test_no_log_line_and_no_header_holds_the_number(search, caplog):
    ola = a_visitor(cast.OLA)

    with caplog.at_level(logging.DEBUG):
        answer = state_need(ola, cast.KARI, **SEARCHES[search])
        ola.get(answer.get("Location", "/helsepersonell/"))

    held = [r.name for r in caplog.records if cast.KARI.number in r.getMessage()]
    assert held == []
    assert cast.KARI.number not in str(answer.headers)
    assert cast.KARI.number[:-1] not in caplog.text


@pytest.mark.parametrize("search", SEARCHES)
def test_the_number_stands_in_its_own_field_alone(search):
    """There it must stay: whoever typed one digit wrong corrects one digit."""
    answer = state_need(a_visitor(cast.OLA), cast.KARI, **SEARCHES[search])

    page = re.sub(r'<input[^>]*name="number"[^>]*>', "", answer.content.decode())
    assert cast.KARI.number[:-1] not in page


def test_the_access_log_knows_the_patient_by_the_opaque_key_alone():
    state_need(a_visitor(cast.OLA), cast.KARI, justification="Kontroll")

    (entry,) = AccessLogEntry.objects.values()
    assert not [f for f, value in entry.items() if cast.KARI.number in str(value)]


def test_no_address_a_doctor_follows_holds_the_number():
    has_arrived(a_message())
    ola = a_visitor(cast.OLA)
    opened = state_need(ola, cast.KARI)["Location"]

    page = ola.get(opened).content.decode()

    links = re.findall(r'(?:href|action|src)="([^"]*)"', page)
    assert any("/svar/" in link for link in links)
    assert not [link for link in links if re.search(r"\d{11}", link)]


def test_searching_for_the_known_and_the_unknown_looks_the_same():
    """Kari has answers, Jonas none; what comes back must not tell which."""
    has_arrived(a_message())
    ola = a_visitor(cast.OLA)

    known, unknown = state_need(ola, cast.KARI), state_need(ola, cast.JONAS)

    def without_key(answer) -> str:
        return re.sub(r"[0-9a-f-]{36}", "", answer["Location"])

    assert known.status_code == unknown.status_code == 302
    assert without_key(known) == without_key(unknown)
    assert known.content == unknown.content == b""
