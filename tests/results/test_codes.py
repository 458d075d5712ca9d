"""Codes are found however they are spelt, and never stand in the way."""

import csv
import datetime
import io
import re

import pytest
from django.core.management import CommandError, call_command

from results import codes
from results.models import Coding
from results.vocabulary import Discipline

pytestmark = pytest.mark.django_db
OLD_NKKKL = codes.VOLVEN + "7230"


@pytest.fixture(autouse=True)
def _fresh_memory():
    codes.forget()
    yield
    codes.forget()


@pytest.fixture
def _seed():
    codes.load_seed()


@pytest.mark.usefixtures("_seed")
@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("NPU99999", codes.NLK),
        ("NOR05172", "2.16.578.1.12.4.1.1.8212"),
        ("NOR05172", None),
        (None, codes.NLK),
        ("", ""),
        ("'; drop table", "x"),
    ],
)
def test_an_unknown_code_is_simply_not_found(code, system):
    assert codes.find(code, system) is None


@pytest.mark.usefixtures("_seed")
@pytest.mark.parametrize(
    "spelt", ["NOR05172", "nor05172", " NOR05172 ", "NOR 05172", "NO05172"]
)
@pytest.mark.parametrize("system", [codes.NLK, OLD_NKKKL, "urn:oid:" + codes.NLK])
def test_haemoglobin_is_found_however_it_is_spelt(spelt, system):
    facts = codes.find(spelt, system)

    assert facts is not None
    assert facts.display == "B-Hemoglobin"
    assert facts.unit == "g/dL"
    assert facts.category == Discipline.CLIN
    assert facts.everyday_name == "Blodprosent"


@pytest.mark.usefixtures("_seed")
def test_a_retired_code_tells_what_came_after_it():
    facts = codes.find("NOR05001", codes.NLK)

    assert facts is not None
    assert facts.valid_to == datetime.date(2020, 2, 29)
    successor = codes.find(facts.replaced_by, codes.NLK)
    assert successor is not None
    assert successor.valid_to is None


@pytest.mark.usefixtures("_seed")
@pytest.mark.parametrize(
    ("code", "number", "words"),
    [
        ("R", "8271", "Resistent"),
        ("s", "8351", "Serum"),
        ("DIAG", "8243", "Diagnose"),
        ("CLIN", "8202", "Medisinsk biokjemi"),
    ],
)
def test_small_lists_are_known_too(code, number, words):
    facts = codes.find(code, codes.VOLVEN + number)

    assert facts is not None
    assert facts.display == words


@pytest.mark.usefixtures("_seed")
def test_the_same_code_is_asked_for_once(django_assert_num_queries):
    with django_assert_num_queries(2):
        for _ in range(10):
            codes.find("NOR05172", codes.NLK)
            codes.find("NPU00000", codes.NLK)


@pytest.mark.usefixtures("_seed")
def test_a_new_release_is_noticed_in_time(monkeypatch):
    codes.find("NOR05172", codes.NLK)
    Coding.objects.filter(code="NOR05172").update(display="B-Hemoglobin (ny)")
    assert codes.find("NOR05172", codes.NLK).display == "B-Hemoglobin"

    monkeypatch.setattr(codes, "_REMEMBERED_SECONDS", -1)

    assert codes.find("NOR05172", codes.NLK).display == "B-Hemoglobin (ny)"


def test_a_code_that_was_missing_is_found_once_it_is_loaded():
    assert codes.find("NOR05172", codes.NLK) is None

    codes.load_seed()

    assert codes.find("NOR05172", codes.NLK) is not None


def test_loading_twice_changes_nothing():
    first = codes.load_seed()
    rows = set(Coding.objects.values_list("system", "code", "display"))

    assert codes.load_seed() == first
    assert set(Coding.objects.values_list("system", "code", "display")) == rows
    assert len(rows) == first


def test_loading_corrects_what_was_changed():
    codes.load_seed()
    Coding.objects.update(display="feil")

    codes.load_seed()

    assert not Coding.objects.filter(display="feil").exists()


def test_the_command_must_be_told_what_to_load():
    with pytest.raises(CommandError, match="--seed"):
        call_command("import_codes")


def test_the_command_tells_how_many_it_loaded():
    told = io.StringIO()

    call_command("import_codes", "--seed", stdout=told)

    assert told.getvalue() == f"{Coding.objects.count()} koder lastet.\n"


def test_the_seed_holds_the_common_codes_and_names_for_citizens():
    with (codes._SEED / "nlk.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) >= 250
    assert sum(bool(row["everyday_name"]) for row in rows) >= 80
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"(NPU|NOR)\d{5}", row["code"])
        assert row["category"] in Discipline
        assert row["display"].strip()
