"""The official examples, taken in from files and read by a doctor, every one."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree

from tests.cast import OLA

FOLDER = settings.BASE_DIR.parent / "shared/samples/svarrapport/sarepta"
EXAMPLES = sorted((FOLDER / "Svarrapport-v-1-4").glob("*_Ny.xml"))
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not EXAMPLES, reason="../shared/samples is not there"),
]


class Unspoken(str):
    """An identity number that a failing test does not print."""

    def __repr__(self) -> str:
        return "(a number)"


@pytest.fixture(scope="module")
def accounts(product) -> dict[str, dict]:
    """What the command says of each file, by the file."""
    lines = product.manage("submit_messages", *map(str, EXAMPLES)).splitlines()
    return {line["file"]: line for line in map(json.loads, lines)}


def outcome_due(path: Path) -> str:
    """The first file with a message id is stored; another one with it is not."""
    ids = [message_id(each) for each in EXAMPLES[: EXAMPLES.index(path) + 1]]
    return "quarantined" if ids[-1] in ids[:-1] else "stored"


def message_id(path: Path) -> str:
    return etree.parse(path).findtext(".//{*}MsgId")


def number_of(path: Path) -> Unspoken:
    patient = etree.parse(path).find(".//{*}Patient")
    told = patient.findtext("{*}OffId") or patient.findtext("{*}Ident/{*}Id")
    return Unspoken(told)


def test_each_is_stored_unless_its_message_id_is_taken(accounts):
    assert len(accounts) == len(EXAMPLES)
    for path in EXAMPLES:
        assert accounts[str(path)]["outcome"] == outcome_due(path), path.name


def test_each_that_is_stored_gets_a_positive_receipt(accounts):
    stored = [line for line in accounts.values() if line["outcome"] == "stored"]

    assert stored
    assert {line["apprec"]["status"] for line in stored} == {1}


def test_one_that_is_held_back_says_why(accounts):
    held = [line for line in accounts.values() if line["outcome"] == "quarantined"]

    assert all(line["warnings"] for line in held)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_doctor_reads_it(accounts, at_work, path):
    account = accounts[str(path)]
    if account["outcome"] != "stored":
        pytest.skip("held back: its message id was taken")
    ola = at_work(OLA)
    ola.find_patient(number_of(path))

    seen = read_every_report(ola)

    told = words_told(path)
    assert told
    assert any(told <= words_of(page) for page in seen), "no report says it all"


def read_every_report(doctor) -> list[str]:
    doctor.follow("Etter rapport")
    links = doctor.page.locator(".report-row a")
    addresses = links.evaluate_all(
        "found => found.map(one => one.getAttribute('href'))"
    )
    return [doctor.visit(address).reads for address in addresses]


def words_told(path: Path) -> set[str]:
    """The numbers and the longer words of all results, as a page should show them."""
    root = etree.parse(path)
    numbers = root.xpath("//*[local-name()='NumResultValue']/@V")
    texts = root.findall(".//{*}TextResultValue")
    words = words_of(" ".join(part for text in texts for part in text.itertext()))
    longer = {word for word in words if len(word) > 3 and word.isalpha()}
    return longer | {number.replace(".", ",") for number in numbers}


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[\w,]*\w", text.casefold()))
