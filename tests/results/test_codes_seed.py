"""The codes that come with the program, and how they give way to imported lists."""

import csv
import io
import re

import pytest
from django.conf import settings
from django.core.management import call_command

from results import codes
from results.codes.memory import SEED, headings
from results.models import CodeList, Coding
from results.vocabulary import Discipline

pytestmark = pytest.mark.django_db
SHARED = settings.BASE_DIR.parent / "shared"
DISCIPLINES = {
    "Medisinsk biokjemi": Discipline.CLIN,
    "Medisinsk mikrobiologi": Discipline.MBIO,
    "Immunologi og transfusjonsmedisin": Discipline.IMTR,
    "Klinisk farmakologi": Discipline.FARM,
    "Medisinsk genetikk": Discipline.MGEN,
    "Patologi": Discipline.PAT,
}


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

    assert len(rows) >= 500
    assert sum(bool(row["everyday_name"]) for row in rows) >= 350
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        assert re.fullmatch(r"(NPU|NOR)\d{5}", row["code"])
        assert row["category"] in Discipline
        assert row["display"].strip()


def test_what_the_seed_replaces_is_there_too():
    rows = {row["code"]: row for row in seed_rows()}

    assert all(r["replaced_by"] in rows for r in rows.values() if r["replaced_by"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("langtidsblodsukker", "NPU27300"),
        ("hba1c", "NPU27300"),
        ("blodprosent", "NOR05172"),
        ("hb", "NOR05172"),
        ("senkning", "NPU03404"),
        ("blodplater", "NPU03568"),
        ("jernlager", "NPU19763"),
        ("leverprøve", "NPU19651"),
        ("stoffskifte", "NPU27547"),
        ("kreatinin", "NPU18016"),
        ("kreatinin", "NPU04998"),
        ("hjertesvikt", "NPU21571"),
        ("klamydia", "NPU12331"),
        ("kyssesyke", "NPU56027"),
        ("urinstix", "NPU04206"),
        ("peanøtt", "NPU13208"),
        ("apiksaban", "NPU28690"),
    ],
)
def test_kari_finds_her_test_by_the_word_she_knows(words, code):
    codes.load_seed()

    assert code in [found.code for found in codes.search(words)]


def test_the_test_itself_comes_before_its_relatives():
    codes.load_seed()

    found = [code.code for code in codes.search("kreatinin")]

    assert set(found[:3]) <= {
        "NPU04998",
        "NPU18016",
        "NPU01807",
        "NPU01808",
        "NPU09102",
    }
    assert found.index("NPU18016") < found.index("NOR15260")


def test_words_of_other_lists_are_not_in_the_way():
    codes.load_seed()

    assert codes.search("resistent") == ()
    assert codes.search("lever", systems=(codes.NCRP,))[0].code == "SJJ0AK"


@pytest.mark.parametrize(
    "together",
    [
        ["NPU04998", "NPU18016", "NOR25909", "NPU23745", "NPU01459"],
        ["NPU19651", "NPU19654", "NPU19657", "NPU27783", "NPU01370"],
        ["NOR05172", "NPU01944", "NPU02593", "NPU02902", "NPU03568"],
        ["NPU03429", "NPU03230", "NPU01443"],
        ["NPU27547", "NPU03579", "NPU03625"],
        ["NPU27300", "NPU02192", "NPU01566", "NPU01568", "NPU04094"],
    ],
    ids=["nyrer", "lever", "blodceller", "salter", "stoffskifte", "sukker og fett"],
)
def test_related_codes_stand_in_the_order_a_doctor_reads_them(together):
    codes.load_seed()

    found = [codes.find(code, codes.NLK) for code in reversed(together)]

    assert [code.code for code in sorted(found, key=lambda c: c.order)] == together


def test_blood_count_comes_before_kidneys_and_kidneys_before_microbes():
    codes.load_seed()

    order = [
        codes.find(code, codes.NLK).order
        for code in ("NOR05172", "NPU18016", "NPU12331", "NPU02613")
    ]

    assert order == sorted(order)


def test_every_heading_of_the_seed_has_its_place():
    assert {row["heading"] for row in seed_rows()} - {""} <= set(headings())


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not here")
def test_the_seed_says_what_the_national_list_says():
    path = next((SHARED / "codes" / "nlk").glob("*.csv"))
    with path.open(encoding="utf-8-sig", newline="") as file:
        national = {row["kode"]: row for row in csv.DictReader(file)}
    rows = seed_rows()

    for row in rows:
        theirs = national[row["code"]]
        assert row["unit"] == theirs["enhet"], row["code"]
        assert DISCIPLINES[theirs["primært_fagområde"]] == row["category"], row["code"]
        assert bool(row["valid_to"]) == bool(theirs["gyldig_til"]), row["code"]
        assert row["replaced_by"] == theirs["erstattes_av"], row["code"]
