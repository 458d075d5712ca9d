"""The examples do what is said of them, and are about nobody."""

import pytest

from portal.producers.examples import _FOLDER, EXAMPLES
from results import codes, identity
from results.ingestion.check import examine
from results.ingestion.reading import read
from tests.portal.producers.bench import BENCH, try_example, verdict_of
from tests.portal.visiting import PRODUCER, somebody

pytestmark = pytest.mark.django_db

VERDICTS = {
    "blodprover": "Meldingen blir tatt imot",
    "dyrkning": "Meldingen blir tatt imot",
    "vevsprove": "Meldingen blir tatt imot",
    "rontgen": "Meldingen blir tatt imot",
    "fhir": "Meldingen blir tatt imot",
    "bor-rettes": "Meldingen blir tatt imot, men noe bør rettes",
    "avvises": "Meldingen blir avvist",
    "odelagt": "Meldingen blir avvist",
}


def test_there_is_no_example_of_an_unknown_name():
    assert somebody(PRODUCER).get(f"{BENCH}eksempler/finnes-ikke/").status_code == 404


def test_every_example_has_its_file_and_every_file_its_example():
    assert {e.file_name for e in EXAMPLES} == {p.name for p in _FOLDER.iterdir()}
    assert {e.name for e in EXAMPLES} == set(VERDICTS)


@pytest.mark.parametrize("name", VERDICTS)
def test_an_example_gets_the_verdict_that_is_said_of_it(name):
    codes.load_seed()

    assert verdict_of(try_example(name)) == VERDICTS[name]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_an_example_is_downloaded_as_it_is_tried(example):
    answer = somebody(PRODUCER).get(f"{BENCH}eksempler/{example.name}/")

    assert answer.content == example.content()
    assert answer["Content-Type"].startswith(example.media_type)
    assert (
        answer["Content-Disposition"] == f'attachment; filename="{example.file_name}"'
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.name)
def test_no_number_is_written_in_a_file(example):
    text = (_FOLDER / example.file_name).read_text()

    assert identity.blot_out(text) == text


def test_the_number_that_is_put_in_is_synthetic():
    report = read(EXAMPLES[0].content()).report

    number = identity.parse(report.patient.identity_number, allow_test_numbers=True)
    assert number.is_synthetic
    assert number.is_female


def test_the_slips_in_the_sloppy_one_are_those_that_are_named():
    codes.load_seed()
    sloppy = next(e for e in EXAMPLES if e.name == "bor-rettes")

    found = examine(sloppy.content())

    assert {"unknown", "respelt"} == {c.problem.value for c in found.codes}
    assert len(found.units) == 1
    assert any("komma" in w for w in found.warnings)
    assert any("GenDate" in w for w in found.warnings)
