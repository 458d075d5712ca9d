"""Codes are found however they are spelt, and never stand in the way."""

import pytest

from results import codes
from results.codes import memory
from results.codes.seeding import bump
from results.models import Coding
from results.vocabulary import Discipline

pytestmark = pytest.mark.django_db
OLD_NKKKL = codes.VOLVEN + "7230"
LOCAL = codes.VOLVEN + "8212"


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
        ("OUS00529", codes.NLK),
        ("HB", LOCAL),
        ("NO05172", LOCAL),
        ("05172", codes.NLK),
        ("R", LOCAL),
        ("SP0AD///ZX5EA", codes.NCRP),
        ("1,U/ALB", codes.VOLVEN + "8350"),
        ("Hb", None),
        (None, codes.NLK),
        (None, None),
        ("", ""),
        ("'; drop table", "x"),
        ("\x00", "\x00"),
    ],
)
def test_an_unknown_code_is_simply_not_found(code, system):
    assert codes.find(code, system) is None


@pytest.mark.usefixtures("_seed")
@pytest.mark.parametrize(
    "spelt", ["NOR05172", "nor05172", " NOR05172 ", "NOR 05172", "NOR-05172", "NO05172"]
)
@pytest.mark.parametrize("system", [codes.NLK, OLD_NKKKL, "urn:oid:" + codes.NLK])
def test_haemoglobin_is_found_however_it_is_spelt(spelt, system):
    known = codes.find(spelt, system)

    assert known is not None
    assert known.code == "NOR05172"
    assert known.display == "B-Hemoglobin"
    assert known.unit == "g/dL"
    assert known.category == Discipline.CLIN
    assert known.everyday_name == "Blodprosent"
    assert known.heading == "Hematologi"
    assert not known.is_retired


@pytest.mark.usefixtures("_seed")
@pytest.mark.parametrize(
    "system",
    [
        "7280",
        "7230",
        f" {codes.NLK} ",
        f"URN:OID:{codes.NLK}",
        "http://helsedir.no/fhir/CodeSystem/no-kodeverk-7280-nlk",
        "http://ehelse.no/fhir/CodeSystem/no-kodeverk-7280",
        "http://npu-terminology.org",
        LOCAL,
        codes.VOLVEN + "8350",
        codes.NCRP,
        "",
        None,
    ],
)
def test_a_national_code_is_known_under_any_system(system):
    known = codes.find("NPU18016", system)

    assert known is not None
    assert known.system == codes.NLK


@pytest.mark.usefixtures("_seed")
@pytest.mark.parametrize(
    ("code", "number", "words"),
    [
        ("R", "8271", "Resistent"),
        ("s", "8351", "Serum"),
        ("hnx", "8351", "Hals+nasopharynxsekret"),
        ("DIAG", "8243", "Diagnose"),
        ("CLIN", "8202", "Medisinsk biokjemi"),
        ("MSIS-A", "8269", "Anonym MSIS-melding"),
        ("SSP0AD", "7270", "CT Hals, toraks og abdomen"),
    ],
)
def test_small_lists_are_known_too(code, number, words):
    for system in (number, codes.VOLVEN + number, f"urn:oid:{codes.VOLVEN}{number}"):
        known = codes.find(code, system)
        assert known is not None
        assert known.display == words


@pytest.mark.parametrize("spelt", ["T 08000", "T08000", "t08000", " T 08000\n"])
def test_a_pathologist_s_code_is_known_with_and_without_its_blank(spelt):
    Coding.objects.create(system=codes.NORPAT, code="T08000", display="Lymfeknute")

    known = codes.find(spelt, codes.NORPAT)

    assert known is not None
    assert known.display == "Lymfeknute"


def test_where_case_tells_two_codes_apart_each_is_found():
    for code, name in [("ml", "milliliter"), ("ML", "megaliter")]:
        Coding.objects.create(system=codes.VOLVEN + "8364", code=code, display=name)

    assert codes.find("ml", "8364").display == "milliliter"
    assert codes.find("ML", "8364").display == "megaliter"


@pytest.mark.usefixtures("_seed")
def test_a_whole_batch_asks_the_database_thrice_and_the_next_once(
    django_assert_num_queries,
):
    with django_assert_num_queries(3):
        assert codes.refresh()
        for number in range(200):
            codes.find("NOR05172", codes.NLK)
            codes.find(f"NPU{number:05}", codes.NLK)
    with django_assert_num_queries(1):
        assert not codes.refresh()
        codes.find("NPU18016", codes.NLK)


@pytest.mark.usefixtures("_seed")
def test_a_new_release_is_noticed_by_the_next_batch():
    codes.find("NOR05172", codes.NLK)
    Coding.objects.filter(code="NOR05172").update(display="B-Hemoglobin (ny)")
    bump(codes.NLK)
    assert codes.find("NOR05172", codes.NLK).display == "B-Hemoglobin"

    assert codes.refresh()

    assert codes.find("NOR05172", codes.NLK).display == "B-Hemoglobin (ny)"


@pytest.mark.usefixtures("_seed")
def test_a_process_without_batches_notices_in_time(monkeypatch):
    codes.find("NOR05172", codes.NLK)
    Coding.objects.filter(code="NOR05172").update(display="B-Hemoglobin (ny)")
    bump(codes.NLK)

    monkeypatch.setattr(memory, "_TRUSTED_SECONDS", -1)

    assert codes.find("NOR05172", codes.NLK).display == "B-Hemoglobin (ny)"


@pytest.mark.usefixtures("_seed")
def test_a_code_that_retires_at_midnight_is_retired_the_next_day(time_machine):
    time_machine.move_to("2026-06-30 12:00+02:00")
    Coding.objects.filter(code="NOR05172").update(valid_to="2026-07-01")
    assert not codes.find("NOR05172", codes.NLK).is_retired

    time_machine.move_to("2026-07-01 00:01+02:00")

    assert codes.refresh()
    assert codes.find("NOR05172", codes.NLK).is_retired


@pytest.mark.usefixtures("_seed")
def test_a_sender_of_endless_codes_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(memory, "_MOST_ANSWERS", 10)

    for number in range(100):
        codes.find(f"X{number}", codes.NLK)

    assert len(memory._memory.answers) <= 10
    assert codes.find("NOR05172", codes.NLK) is not None


def test_a_code_that_was_missing_is_found_once_it_is_loaded():
    assert codes.find("NOR05172", codes.NLK) is None

    codes.load_seed()

    assert codes.find("NOR05172", codes.NLK) is not None
