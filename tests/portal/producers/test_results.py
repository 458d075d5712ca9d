"""The result is handed over as a file that only we can make, about no one."""

import json
import re

import pytest
import time_machine
from django.core import signing

from portal.demo import people
from portal.producers import results
from results.ingestion.check import examine
from tests.builders import a_message, a_number
from tests.portal.producers.bench import BENCH, drop, words_of
from tests.portal.visiting import PRODUCER, somebody

pytestmark = pytest.mark.django_db

ADDRESS = f"{BENCH}resultat/"


def sealed_in(answer) -> str:
    return re.search(r'name="result" value="([^"]+)"', answer.content.decode())[1]


def download(text: str):
    return somebody(PRODUCER).post(ADDRESS, {"result": text})


@pytest.mark.parametrize("text", ["", "x", "x:y:z", "\0", "ø" * 50])
def test_what_we_have_not_sealed_is_refused_in_words(text):
    answer = download(text)

    assert answer.status_code == 400
    assert "for gammelt eller endret" in words_of(answer)


def test_a_better_verdict_cannot_be_made_up():
    forged = signing.dumps({"verdict": {"is_accepted": True}}, salt="another")

    assert download(forged).status_code == 400


def test_a_seal_from_yesterday_is_refused():
    with time_machine.travel("2026-03-01T10:00:00Z"):
        sealed = results.sealed(examine(a_message()))
    with time_machine.travel("2026-03-02T10:00:01Z"):
        assert download(sealed).status_code == 400


def test_the_result_comes_as_a_file():
    answer = download(sealed_in(drop(a_message())))

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="testresultat.json"'
    told = json.loads(answer.content)
    assert told["verdict"]["is_accepted"]
    assert told["tested_at_host"] == "produsent.localhost"


def test_it_holds_what_was_found_and_nothing_of_anyone():
    odd = a_number("NPU00000", "77.77", comment="Kari er slapp.")

    told = download(sealed_in(drop(a_message(results=[odd])))).content.decode()

    assert "NPU00000" in told
    for secret in ("Kari", "Prøve", people.KARI.number, "slapp", "77.77", "128484"):
        assert secret not in told
    assert "preview" not in told
    assert 'apprec"' not in told


def test_it_is_not_asked_for_by_an_address():
    assert somebody(PRODUCER).get(ADDRESS).status_code == 405
