"""Every kind of value a result may have, and that it survives as sent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.fhir.jsontext import Number
from results.fhir.read import read
from results.vocabulary import ValueKind

from ..bundles import (
    a_collection,
    a_concept,
    a_quantity,
    an_observation,
    refused,
    the_observation,
)

SNOMED = "http://snomed.info/sct"


def number_of(digits: str = "13.2", **more):
    return the_observation(valueQuantity=a_quantity(digits, **more)).quantity


@pytest.mark.parametrize("digits", ["1.50", "4.0", "4", "0.000", "-3.1", "1E+3"])
def test_a_number_keeps_its_digits(digits):
    found = number_of(digits)

    assert (found.digits, found.value) == (digits, Decimal(digits))


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_any_number_keeps_its_digits(value):
    assert number_of(str(value)).digits == str(value)


def test_a_number_has_comparator_unit_and_ucum():
    found = number_of("5", unit="E9/L", comparator="<", code="10*9/L")

    assert (found.comparator, found.unit, found.ucum) == ("<", "E9/L", "10*9/L")


def test_a_unit_in_another_system_is_not_ucum():
    found = number_of(system="http://lab.example/units", code="x")

    assert (found.unit, found.ucum) == ("g/dL", None)


def test_without_words_the_unit_is_its_code_and_one_is_none():
    coded = {"value": Number("5"), "system": "http://unitsofmeasure.org"}

    assert the_observation(valueQuantity={**coded, "code": "%"}).quantity.unit == "%"
    assert the_observation(valueQuantity={**coded, "code": "1"}).quantity.unit is None


def test_a_number_in_quotes_is_a_number_and_told_of():
    message = read(a_collection(an_observation(valueQuantity={"value": "1.50"})))

    assert message.report.observations[0].quantity.digits == "1.50"
    assert "sendt som tekst" in message.warnings[0]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ({"value": "ca. 5", "unit": "g"}, "ca. 5 g"),
        ({"value": "5", "comparator": "~", "unit": "g"}, "~5 g"),
        ({"value": Number("9" * 61)}, "9" * 61),
    ],
    ids=["words", "unknown comparator", "endless"],
)
def test_what_is_no_number_is_shown_as_it_came(sent, shown):
    """An unknown comparator must not fall away and leave a bare number."""
    found = the_observation(valueQuantity=sent)

    assert (found.kind, found.text, found.quantity) == (ValueKind.TEXT, shown, None)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"valueString": " Ingen vekst "}, "Ingen vekst"),
        ({"valueBoolean": True}, "Ja"),
        ({"valueBoolean": False}, "Nei"),
        ({"valueTime": "08:30:00"}, "08:30:00"),
        (
            {
                "valueRatio": {
                    "numerator": {"value": Number("1")},
                    "denominator": {"value": Number("64")},
                }
            },
            "1:64",
        ),
        (
            {"valuePeriod": {"start": "2026-03-01", "end": "2026-03-02"}},
            "2026-03-01 – 2026-03-02",
        ),
        ({"valueDateTime": "2026"}, "2026"),
    ],
)
def test_words_times_titres_and_answers_are_text(value, shown):
    found = the_observation(**value)

    assert (found.kind, found.text) == (ValueKind.TEXT, shown)


def test_an_integer_is_a_number_without_unit():
    found = the_observation(valueInteger=Number("0")).quantity

    assert (found.digits, found.unit) == ("0", None)


def test_a_day_is_a_date_and_its_time_of_day_is_kept():
    day = the_observation(valueDateTime="2026-03-02")
    hour = the_observation(valueDateTime="2026-03-02T08:30:00+01:00")

    assert (day.kind, day.date.as_sent) == (ValueKind.DATE, "2026-03-02")
    assert (hour.kind, hour.comments) == (ValueKind.DATE, ("Klokken 08.30",))


def test_an_interval_has_both_limits_with_their_digits():
    found = the_observation(
        valueRange={"low": a_quantity("1.0"), "high": a_quantity("2.50")}
    )
    assert found.kind is ValueKind.INTERVAL
    assert (found.interval_low.digits, found.interval_high.digits) == ("1.0", "2.50")


def test_an_open_interval_keeps_its_unit():
    found = the_observation(valueRange={"high": a_quantity("2.50")})

    assert (found.interval_low.digits, found.interval_low.unit) == ("", "g/dL")


def test_an_interval_of_words_is_text():
    found = the_observation(valueRange={"low": {"value": "få"}, "high": a_quantity()})

    assert (found.kind, found.text) == (ValueKind.TEXT, "få – 13.2 g/dL")


def test_a_code_is_coded_and_words_beside_it_are_the_answer():
    code = a_concept("40886007", SNOMED, display="Klebsiella oxytoca")
    bare = the_observation(valueCodeableConcept=code)
    told = the_observation(valueCodeableConcept={**code, "text": "Klebsiella"})

    assert (bare.kind, bare.text) == (ValueKind.CODED, None)
    assert bare.value_codings[0].display == "Klebsiella oxytoca"
    assert (told.kind, told.text) == (ValueKind.TEXT, "Klebsiella")
    assert told.value_codings[0].code == "40886007"


def test_words_without_a_code_are_text_alone():
    found = the_observation(valueCodeableConcept={"text": "Påvist"})

    assert (found.kind, found.text, found.value_codings) == (
        ValueKind.TEXT,
        "Påvist",
        (),
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (a_concept("not-performed", "x"), "Uten verdi: ikke utført"),
        (a_concept("error", "x", text="Hemolyse"), "Uten verdi: Hemolyse"),
        (a_concept("new", "x", display="Something"), "Uten verdi: Something"),
    ],
)
def test_why_there_is_no_value_is_said(reason, words):
    found = the_observation(dataAbsentReason=reason)

    assert (found.kind, found.comments) == (ValueKind.NONE, (words,))


@pytest.mark.parametrize(
    "empty",
    [{"valueString": " "}, {"valueQuantity": {}}, {"valueCodeableConcept": {}},
     {"valueQuantity": {"unit": "g"}}, {"valueRange": {}}, {"valueDateTime": ""},
     {"valueQuantity": [3]}, {}],
)  # fmt: skip
def test_an_empty_value_is_none(empty):
    assert the_observation(**empty).kind is ValueKind.NONE


def test_two_values_refuse_for_nobody_knows_which_was_meant():
    two = an_observation(valueString="Negativ", valueQuantity=a_quantity())
    one_false = an_observation(valueString="Negativ", valueBoolean=False)

    assert refused(a_collection(two)) == ["Et resultat har flere verdier (value[x])."]
    assert refused(a_collection(one_false))


@pytest.mark.parametrize("name", ["valueSampledData", "valueAttachment", "valueX"])
def test_a_value_of_an_unknown_kind_refuses(name):
    assert (
        "slag vi ikke kan ta imot"
        in refused(a_collection(an_observation(**{name: {"data": "1"}})))[0]
    )
