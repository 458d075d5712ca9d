"""What is exported is read again by our own reader, into what was exported."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access import lookup
from results.fhir import european, jsontext
from results.fhir.read import read
from results.vocabulary import (
    Discipline,
    Interpretation,
    ObservationStatus,
    ReportStatus,
    Susceptibility,
    ValueKind,
)
from tests import cast
from tests.portal.answers import (
    OSLO,
    a_detail,
    a_group,
    a_moment,
    a_resistance,
    a_summary,
    a_text,
    an_observation,
)

WHOSE = european.Whose(
    cast.KARI.number, datetime.datetime(2026, 11, 24, 16, 5, tzinfo=OSLO)
)
NLK = "2.16.578.1.12.4.1.1.7280"


def there_and_back(detail):
    message = read(european.as_json(detail, WHOSE))
    assert (message.faults, message.warnings) == ((), ())
    return message.report


def resources(detail, kind: str):
    bundle = european.document(detail, WHOSE)
    found = [entry["resource"] for entry in bundle["entry"]]
    return [resource for resource in found if resource["resourceType"] == kind]


def test_a_number_is_read_again_digit_by_digit():
    ferritin = an_observation(
        "P-Ferritin",
        code="NPU19763",
        code_system=NLK,
        digits="4.10",
        comparator="<",
        unit="µg/L",
        reference_ranges=("18 - 240",),
        interpretation=Interpretation.LOW,
        comments=("Hemolyse.",),
        item_id="7",
        is_accredited=False,
    )

    (found,) = there_and_back(a_detail(ferritin)).observations

    number = found.quantity
    assert (number.digits, number.comparator, number.unit) == ("4.10", "<", "µg/L")
    coding = found.codings[0]
    assert (coding.code, coding.system, coding.text) == ("NPU19763", NLK, "P-Ferritin")
    assert found.reference_ranges == ("18 - 240",)
    assert found.interpretation is Interpretation.LOW
    assert (found.comments, found.item_id) == (("Hemolyse.",), "7")
    assert (found.status, found.is_accredited) == (ObservationStatus.FINAL, False)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"digits": "007"}, "007 g/L"),
        ({"digits": "+4"}, "+4 g/L"),
        ({"digits": "8", "comparator": "MG"}, "MG 8 g/L"),
        ({"digits": "ca. 5", "unit": ""}, "ca. 5"),
    ],
)
def test_what_fhir_has_no_number_for_is_told_as_words(changed, words):
    (found,) = there_and_back(a_detail(an_observation(**changed))).observations

    assert (found.kind, found.text) == (ValueKind.TEXT, words)


def test_groups_keep_their_members_in_order():
    group = a_group("Blodstatus", an_observation("B-Hb"), an_observation("B-Lkc"))

    (found,) = there_and_back(a_detail(group)).observations

    assert found.codings[0].text == "Blodstatus"
    assert [m.codings[0].text for m in found.members] == ["B-Hb", "B-Lkc"]


def test_texts_lose_their_formatting_and_no_word():
    text = a_text("Svar", "<p>Ingen <b>vekst</b>.</p><p>Se neste.</p>", is_markup=True)

    (found,) = there_and_back(a_detail(text)).observations

    assert found.text == "Ingen vekst.\n\nSe neste."


@pytest.mark.parametrize("letter", ["S", "I", "R", "K"])
def test_susceptibility_is_the_same_letter(letter):
    (found,) = there_and_back(
        a_detail(a_resistance("Trimetoprim", letter))
    ).observations

    assert Susceptibility(found.value_codings[0].code) is Susceptibility(letter)


def test_an_interval_and_a_date():
    interval = an_observation(
        kind=ValueKind.INTERVAL, digits="5", interval_high="10", reference_ranges=()
    )
    day = an_observation(kind=ValueKind.DATE, digits="", date=a_moment(2026, 3, 2))

    found = there_and_back(a_detail(interval, day)).observations

    assert (found[0].interval_low.digits, found[0].interval_high.digits) == ("5", "10")
    assert found[1].date.date == datetime.date(2026, 3, 2)


def test_the_report_around_them():
    specimen = lookup.SpecimenDetail(
        "S-1", "Blod", "Arm", a_moment(2026, 11, 14, 8, 42), ("Hemolysert.",), True
    )
    requisition = lookup.RequisitionDetail(
        "LL-88121", a_moment(2026, 11, 13), ("Slapp.",), ("Haster.",)
    )
    detail = a_detail(
        an_observation(specimen_accessions=("S-1",)),
        summary=a_summary(type_code="CLIN", status=ReportStatus.CORRECTED),
        specimens=(specimen,),
        requisition=requisition,
        comment="Ringt til legen.",
        responsible_name="Anne Lege",
    )

    found = there_and_back(detail)

    assert found.id == str(detail.summary.id)
    assert (found.status, found.category) == (ReportStatus.CORRECTED, Discipline.CLIN)
    assert found.comment == "Ringt til legen."
    assert found.performer.organization.name == "Nordlab"
    assert found.requester.person.name == "Ola Lind, Lillevik legesenter"
    assert found.responsible.person.name == "Anne Lege"
    assert found.observations[0].specimen_ids == ("S-1",)
    (taken,) = found.specimens
    assert (taken.id, taken.type_text, taken.anatomical_origin) == (
        "S-1",
        "Blod",
        "Arm",
    )
    assert (taken.comments, taken.is_accredited) == (("Hemolysert.",), True)
    (asked,) = found.service_requests
    assert (asked.id, asked.authored_at.date) == (
        "LL-88121",
        datetime.date(2026, 11, 13),
    )
    assert [r.text for r in asked.reasons] == ["Slapp."]


def test_it_is_about_kari_by_name_birth_date_and_number():
    patient = there_and_back(a_detail(an_observation())).patient

    assert patient.identity_number == cast.KARI.number
    assert patient.birth_date.date == datetime.date(1984, 4, 12)
    assert patient.name == "Kari Prøve"


def test_a_withdrawn_report_has_no_results_and_says_so():
    detail = a_detail(
        an_observation(), summary=a_summary(status=ReportStatus.ENTERED_IN_ERROR)
    )

    found = there_and_back(detail)

    assert (found.status, found.observations) == (ReportStatus.ENTERED_IN_ERROR, ())
    (composition,) = resources(detail, "Composition")
    assert composition["status"] == "entered-in-error"


def test_a_result_that_was_taken_back_has_no_value():
    detail = a_detail(an_observation(status=ObservationStatus.CANCELLED, digits="999"))

    (found,) = resources(detail, "Observation")

    assert "valueQuantity" not in found
    assert found["dataAbsentReason"]["coding"][0]["code"] == "error"


def test_composition_and_report_say_the_same():
    """The guide's invariants: identifier, category and subject must agree."""
    detail = a_detail(an_observation())
    (composition,), (report,) = (
        resources(detail, kind) for kind in ("Composition", "DiagnosticReport")
    )

    assert report["identifier"] == [composition["identifier"]]
    assert report["category"] == composition["category"]
    assert report["subject"] == composition["subject"]
    assert composition["type"]["coding"][0] in report["code"]["coding"]


@pytest.mark.parametrize("category", [Discipline.PAT, Discipline.MGEN, Discipline.RAD])
def test_what_the_guide_leaves_out_claims_no_profile(category):
    detail = a_detail(a_text("Svar", "Ingen."), summary=a_summary(category=category))

    assert "meta" not in european.document(detail, WHOSE)


def test_the_same_version_gives_the_same_document():
    detail = a_detail(an_observation())

    assert european.as_json(detail, WHOSE) == european.as_json(detail, WHOSE)


def test_every_reference_points_at_something_in_the_document():
    detail = a_detail(a_group("Blodstatus", an_observation()), an_observation())
    bundle = european.document(detail, WHOSE)
    addresses = {entry["fullUrl"] for entry in bundle["entry"]}

    def references(value):
        if isinstance(value, dict):
            if "reference" in value:
                yield value["reference"]
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    assert set(references(bundle)) <= addresses
    assert len(addresses) == len(bundle["entry"])


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@settings(max_examples=60, deadline=None)
@given(name=TEXTS, text=TEXTS, digits=TEXTS, unit=TEXTS, comment=TEXTS)
def test_whatever_a_laboratory_wrote_it_can_be_read_again(
    name, text, digits, unit, comment
):
    number = an_observation(name, digits=digits, unit=unit, comments=(comment,))
    words = replace(a_text(name, text), coded_texts=(comment,))
    content = european.as_json(a_detail(number, words, comment=comment), WHOSE)

    assert read(content).faults == ()
    assert jsontext.parse(content)["resourceType"] == "Bundle"
