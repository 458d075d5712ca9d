"""The codes that come with the program, and how they give way to imported lists."""

import csv
import io
import re

import pytest
from django.core.management import call_command

from results import codes
from results.codes.memory import SEED
from results.models.coding import CodeList, Coding
from results.vocabulary import Discipline

pytestmark = pytest.mark.django_db


def seed_rows():
    with (SEED / "nlk.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


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


def test_an_imported_list_keeps_its_names_and_gets_only_our_words():
    CodeList.objects.create(system=codes.NLK, name="NLK", file_hash="ab", revision=7)
    Coding.objects.create(
        system=codes.NLK, code="NOR05172", display="B-Hemoglobin (fra fil)", unit="g/L"
    )

    codes.load_seed()

    row = Coding.objects.get(system=codes.NLK)
    assert (row.display, row.unit) == ("B-Hemoglobin (fra fil)", "g/L")
    assert row.everyday_name == "Blodprosent"
    assert CodeList.objects.get(system=codes.NLK).revision > 7
    assert codes.find("NOR05172", codes.NLK).everyday_name == "Blodprosent"


def test_each_list_says_that_it_came_with_the_program():
    codes.load_seed()

    lists = {row.system: row for row in CodeList.objects.all()}
    assert set(lists) == set(Coding.objects.values_list("system", flat=True))
    assert lists[codes.NLK].name == "Norsk laboratoriekodeverk"
    assert {row.version for row in lists.values()} == {"medfølgende utvalg"}
    assert {row.file_hash for row in lists.values()} == {""}


def test_the_command_tells_how_many_it_loaded():
    told = io.StringIO()

    call_command("import_codes", "--seed", stdout=told)

    assert told.getvalue() == f"{Coding.objects.count()} koder lastet.\n"


def test_the_seed_holds_the_common_codes_and_names_for_citizens():
    rows = seed_rows()

    assert len(rows) >= 300
    assert sum(bool(row["everyday_name"]) for row in rows) >= 150
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"(NPU|NOR)\d{5}", row["code"])
        assert row["category"] in Discipline
        assert row["display"].strip()


def test_what_the_seed_replaces_is_there_too():
    rows = {row["code"]: row for row in seed_rows()}

    assert all(r["replaced_by"] in rows for r in rows.values() if r["replaced_by"])
