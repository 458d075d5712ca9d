"""An operator brings in a release: nothing is deleted, nothing happens silently."""

import datetime

import pytest
from django.core.management import CommandError
from django.utils import timezone

from results import codes
from results.models import CodeList, Coding
from tests.results.importing import ACE, GFR, HB, OLD_ACE, Desk, nlk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def many(count, first=10000):
    return [
        f"NPU{first + n},2013-01-25,,,,P-Analytt {n},,g/L,Medisinsk biokjemi,Andre"
        for n in range(count)
    ]


def state():
    return list(Coding.objects.order_by("system", "code").values_list())


def test_without_a_file_it_asks_for_one(desk):
    with pytest.raises(CommandError, match="filer eller --seed"):
        desk.command()


def test_a_file_that_is_not_there_is_named(desk):
    with pytest.raises(CommandError, match=r"borte\.csv"):
        desk.command(desk.folder / "borte.csv")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("HB,,,,,B-Hb,,g/dL,,", "Linje 3: «HB» er ikke en NLK-kode."),
        (",,,,,B-Hb,,g/dL,,", "Linje 3: «kode» mangler."),
        ("NPU00001,,,,,,,g/dL,,", "Linje 3: «navn» mangler."),
        ("NPU00001,i går,,,,a,,,,", "Linje 3: «i går» er ikke en dato."),
        ("NPU00001,2013-13-45,,,,a,,,,", "Linje 3: «2013-13-45» er ikke en dato."),
        ("NPU00001,,,", "Linje 3: Raden har 4 kolonner, ikke 10."),
        ('NPU00001,"a"b,,,,c,,,,', "Linje 3: Raden er ikke gyldig CSV"),
    ],
)
def test_a_bad_row_is_told_by_its_line_and_nothing_is_changed(desk, row, sentence):
    desk.load(nlk(HB))
    before = state()

    with pytest.raises(CommandError) as refused:
        desk.load(nlk(ACE, row))

    assert sentence in str(refused.value)
    assert "nlk-7280.77.csv" in str(refused.value)
    assert state() == before


def test_one_bad_file_stops_the_others_too(desk):
    good, bad = desk.file(nlk(HB), "a.csv"), desk.file("tull", "b.csv")

    with pytest.raises(CommandError, match=r"b\.csv"):
        desk.command(good, bad)

    assert not Coding.objects.exists()
    assert not CodeList.objects.exists()


def test_a_release_is_put_in_place(desk):
    desk.load(nlk(HB, GFR, ACE, OLD_ACE))

    assert desk.told == (
        "Norsk laboratoriekodeverk 7280.77 (23.09.2025): "
        "4 nye, 0 endret, 0 utgått, 0 uendret.\n"
    )
    gfr = Coding.objects.get(code="NOR15245")
    assert (gfr.display, gfr.unit) == ("Nyre-eGFR (1,73m2)", "mL/min/1,73m2")
    assert (gfr.category, gfr.heading) == ("CLIN", "Enzymer, metabolitter, vevsskade")
    assert (gfr.component, gfr.valid_from) == ("GFR", datetime.date(2013, 1, 25))


def test_the_release_is_written_down(desk):
    desk.load(nlk(HB))

    held = CodeList.objects.get()
    assert (held.system, held.version) == (codes.NLK, "7280.77")
    assert held.release_date == datetime.date(2025, 9, 23)
    assert held.file_name == "nlk-7280.77.csv"
    assert len(held.file_hash) == 64
    assert held.imported_at.date() == timezone.now().date()


def test_the_operator_may_name_the_release(desk):
    assert "7280.78" in desk.load(nlk(HB), "--release", "7280.78", name="liste.csv")


def test_the_same_file_again_changes_nothing(desk):
    rows = nlk(HB, GFR, ACE, OLD_ACE)
    desk.load(rows)
    before = state()

    assert "0 nye, 0 endret, 0 utgått, 4 uendret" in desk.load(rows)
    assert state() == before


def test_the_last_day_of_a_code_is_its_last_day(desk, time_machine):
    desk.load(nlk(OLD_ACE, ACE))

    assert Coding.objects.get(code="NOR05001").valid_to == datetime.date(2020, 3, 1)
    found = codes.find("NOR05001", codes.NLK)
    assert found.is_retired
    assert (found.successor, found.heading) == ("NPU29069", "Enzymer")


def test_new_names_and_retired_codes_are_told(desk):
    desk.load(nlk(HB, ACE))

    told = desk.load(
        nlk(
            HB.replace("B-Hemoglobin", "B-Hemoglobin (Hb)"),
            ACE.replace(",,,,", ",2020-01-01,,,", 1),
        )
    )

    assert "0 nye, 1 endret, 1 utgått, 0 uendret" in told
    assert "Utgått: NPU29069." in told
    assert codes.find("NPU29069", codes.NLK).is_retired


def test_a_code_the_release_lacks_is_retired_today_and_kept(desk):
    desk.load(nlk(HB, ACE))

    told = desk.load(nlk(HB))

    assert "Utgått: NPU29069." in told
    assert Coding.objects.get(code="NPU29069").valid_to == timezone.localdate()
    assert "0 utgått" in desk.load(nlk(HB))


def test_an_excerpt_retires_nothing(desk):
    desk.load(nlk(*many(40)))

    desk.load(nlk(HB), "--excerpt")

    assert not Coding.objects.filter(valid_to__isnull=False).exists()


def test_half_a_list_is_refused_until_the_operator_has_said_what_it_is(desk):
    desk.load(nlk(*many(40)))

    with pytest.raises(CommandError, match="mangler 30 av 40"):
        desk.load(nlk(*many(10)))
    assert not Coding.objects.filter(valid_to__isnull=False).exists()

    assert "30 utgått" in desk.load(nlk(*many(10)), "--complete")
    assert "og 10 til" in desk.told


def test_a_code_taken_into_use_again_is_told(desk):
    desk.load(nlk(HB, ACE.replace(",,,,", ",2020-01-01,,,", 1)))

    told = desk.load(nlk(HB, ACE))

    assert "Tatt i bruk igjen: NPU29069." in told
    assert not codes.find("NPU29069", codes.NLK).is_retired


def test_an_older_release_is_refused(desk):
    desk.load(nlk(HB))

    with pytest.raises(CommandError, match=r"fra 01\.02\.2024, men .* 23\.09\.2025"):
        desk.load(nlk(HB.replace("2025-09-23", "2024-02-01")))


def test_an_older_release_never_wakes_the_retired(desk):
    desk.load(nlk(HB, ACE.replace(",,,,", ",2020-01-01,,,", 1)))
    older = nlk(HB.replace("2025-09-23", "2024-02-01"), ACE)

    told = desk.load(older, "--older")

    assert "Holdes utgått, fordi filen er eldre: NPU29069." in told
    assert codes.find("NPU29069", codes.NLK).is_retired


def test_our_words_and_order_outlive_an_import(desk):
    codes.load_seed()

    desk.load(nlk(HB, GFR), "--excerpt")

    row = Coding.objects.get(code="NOR05172")
    assert (row.everyday_name, row.position) == ("Blodprosent", 10)
    assert codes.find("NOR05172", codes.NLK).everyday_name == "Blodprosent"


def test_the_seed_after_an_import_takes_nothing_back(desk):
    desk.load(nlk(HB.replace("B-Hemoglobin", "B-Hb fra fil"), GFR))

    desk.command("--seed")

    row = Coding.objects.get(code="NOR05172")
    assert (row.display, row.everyday_name) == ("B-Hb fra fil", "Blodprosent")
    assert Coding.objects.filter(system=codes.NLK).count() == 2


def test_a_code_that_stands_twice_is_the_one_in_use(desk):
    retired = ACE.replace(",,,,", ",2020-01-01,NPU29069,,", 1)

    for rows in ([retired, ACE], [ACE, retired]):
        desk.load(nlk(HB, *rows))
        assert not codes.find("NPU29069", codes.NLK).is_retired


def test_an_import_asks_the_database_little(desk, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        desk.load(nlk(*many(2500)))
    changed = nlk(*[row.replace("g/L", "mg/L") for row in many(2500)])
    with django_assert_max_num_queries(20):
        assert "2500 endret" in desk.load(changed)
