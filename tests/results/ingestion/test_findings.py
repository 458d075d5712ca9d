"""Codes and units nobody here knows: which, where, how often, and what was meant."""

import pytest

from results import codes
from results.codes import NLK
from results.ingestion.findings import (
    MOST_FINDINGS,
    MOST_PLACES,
    CodeProblem,
    Suggestion,
    find_codes,
    find_units,
)
from results.models import Coding
from results.parsed import (
    ParsedCoding,
    ParsedObservation,
    ParsedQuantity,
    ParsedReport,
    ParsedSpecimen,
)
from results.vocabulary import MessageFormat

pytestmark = pytest.mark.django_db

KITH = MessageFormat.KITH_1_4
NKKKL = "2.16.578.1.12.4.1.1.7230"


@pytest.fixture(autouse=True)
def _the_codes_that_come_with_the_program(db):
    codes.load_seed()


def an_item(code="NOR05172", system=NLK, name="B-Hemoglobin", **more):
    coding = ParsedCoding(code=code, system=system, display=name)
    return ParsedObservation(codings=(coding,), **more)


def found_in(*items, format=KITH, **report):
    return find_codes(ParsedReport(observations=items, **report), format)


def test_a_code_that_is_known_is_no_finding():
    assert found_in(an_item()) == ()


def test_an_unknown_code_is_told_of_with_what_it_was_called():
    (found,) = found_in(an_item("NPU00000", name="B-Ukjent"))

    assert (found.problem, found.code, found.name) == (
        "unknown",
        "NPU00000",
        "B-Ukjent",
    )
    assert (found.where, found.count) == (("ResultItem[1]/Investigation/Id",), 1)
    assert found.suggestion is None


def test_who_writes_the_right_name_is_told_the_code_it_has():
    (found,) = found_in(an_item("NPU00000", name="P-Natrium"))

    assert found.suggestion == Suggestion("NPU03429", NLK, "P-Natrium")


def test_a_retired_code_is_told_its_successor():
    Coding.objects.create(
        system=NLK,
        code="NPU99998",
        display="B-Gammel",
        valid_to="2020-01-01",
        replaced_by="NOR05172",
    )
    codes.forget()

    (found,) = found_in(an_item("NPU99998"))

    assert found.problem is CodeProblem.RETIRED
    assert found.suggestion.code == "NOR05172"


def test_a_code_retired_without_a_successor_has_nothing_to_suggest():
    Coding.objects.create(
        system=NLK, code="NPU99997", display="B-Borte", valid_to="2020-01-01"
    )
    codes.forget()

    (found,) = found_in(an_item("NPU99997"))

    assert (found.problem, found.suggestion) == (CodeProblem.RETIRED, None)


@pytest.mark.parametrize(
    ("code", "system"),
    [("NO05172", NLK), ("NOR 05172", NLK), ("nor05172", NLK), ("NOR05172", NKKKL)],
    ids=["misspelt", "blank", "small letters", "retired list"],
)
def test_what_is_understood_in_spite_of_its_spelling_is_told_the_right_one(
    code, system
):
    (found,) = found_in(an_item(code, system))

    assert found.problem is CodeProblem.RESPELT
    assert (found.suggestion.code, found.suggestion.system) == ("NOR05172", NLK)


@pytest.mark.parametrize("system", [f"urn:oid:{NLK}", "http://npu-terminology.org"])
def test_another_name_for_a_list_is_not_wrong(system):
    assert found_in(an_item(system=system)) == ()


@pytest.mark.parametrize("system", [None, "2.16.578.1.12.4.1.1.8212"])
def test_a_laboratorys_own_code_is_local(system):
    (found,) = found_in(an_item("HB-X", system))

    assert found.problem is CodeProblem.LOCAL


def test_a_list_that_is_not_here_is_not_the_senders_fault():
    (found,) = found_in(an_item("718-7", "http://loinc.org"))

    assert found.problem is CodeProblem.NO_LIST


def test_a_name_without_a_code_is_no_code():
    assert found_in(an_item(code=None)) == ()


def test_a_path_leads_to_an_item_at_any_depth():
    group = an_item(members=(an_item(), an_item("NPU00000")))

    (kith,) = found_in(an_item(), group)
    (fhir,) = found_in(an_item(), group, format=MessageFormat.FHIR_R4)

    assert kith.where == ("ResultItem[2]/ResultItem[2]/Investigation/Id",)
    assert fhir.where == ("Observation[2]/hasMember[2]/code",)


def test_codes_of_answers_diagnoses_specimens_and_reports_are_looked_at_too():
    odd = ParsedCoding(code="?", system=NLK)
    item = an_item(value_codings=(odd,), diagnoses=(odd,))

    (found,) = found_in(item, type=odd, specimens=(ParsedSpecimen(type=odd),))

    assert found.where == (
        "ServReport/MsgDescr",
        "AnalysedSubject[1]",
        "ResultItem[1]/TextResult/TextCode",
        "ResultItem[1]/DiagComment",
    )


def test_a_code_is_told_of_once_however_often_it_comes():
    (found,) = found_in(*[an_item("NPU00000")] * 30)

    assert (found.count, len(found.where)) == (30, MOST_PLACES)


def test_there_is_an_end_to_it():
    items = [an_item(f"X{number}") for number in range(MOST_FINDINGS + 50)]

    assert len(found_in(*items)) == MOST_FINDINGS


@pytest.mark.parametrize("odd", ["\0", "a\0b", "\ud800", "x" * 5000])
def test_odd_letters_find_nothing_and_break_nothing(odd):
    (found,) = found_in(an_item(odd, NLK, odd))

    assert found.problem is CodeProblem.UNKNOWN


def units_of(*quantities, **more):
    items = tuple(ParsedObservation(quantity=q, **more) for q in quantities)
    return find_units(ParsedReport(observations=items), KITH)


@pytest.mark.parametrize(
    "quantity",
    [
        ParsedQuantity("13.2", unit="g/dL"),
        ParsedQuantity("13.2"),
        ParsedQuantity("13.2", unit="merkelig", ucum="g/dL"),
    ],
    ids=["known", "none", "told in UCUM"],
)
def test_a_unit_that_is_known_or_lacking_is_no_finding(quantity):
    assert units_of(quantity) == ()


def test_a_unit_nobody_knows_is_told_of_with_its_places():
    odd = ParsedQuantity("1", unit="mmmol/L")

    (found,) = units_of(odd, ParsedQuantity("1", unit="g/L"), odd)

    assert (found.unit, found.count) == ("mmmol/L", 2)
    assert found.where == ("ResultItem[1]", "ResultItem[3]")


def test_limits_and_texts_have_units_too():
    odd = ParsedQuantity("1", unit="hopp")

    (found,) = units_of(None, interval_low=odd, interval_high=odd, unit_of_text="hopp")

    assert found.count == 3
