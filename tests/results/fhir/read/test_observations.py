"""Names, marks, ranges and remarks of a result; who made it, when, of what."""

import pytest

from results.parsed import ParsedCoding
from results.vocabulary import Interpretation, ObservationStatus, ValueKind

from ..bundles import (
    NILAR,
    NLK,
    V3,
    a_concept,
    a_quantity,
    a_reference,
    a_specimen,
    an_entry,
    an_observation,
    read_results,
    the_observation,
    the_report,
)

VOLVEN = "2.16.578.1.12.4.1.1."
LOINC = "http://loinc.org"
NPU = "http://npu-terminology.org"


def codings(*sent, text=None):
    code = {"coding": [{"system": s, "code": c} for s, c in sent]}
    found = the_observation(code={**code, **({"text": text} if text else {})}).codings
    return [(c.system, c.code) for c in found]


@pytest.mark.parametrize(
    "system",
    [
        NLK,
        f"{VOLVEN}7280",
        "http://ehelse.no/fhir/CodeSystem/no-kodeverk-7280-nlk",
        "http://helsedir.no/fhir/CodeSystem/no-kodeverk-7280",
        "https://www.helsedir.no/fhir/CodeSystem/no-kodeverk-7280|2026.1",
    ],
)
def test_the_national_list_is_known_under_all_its_addresses(system):
    assert codings((system, "NPU28309")) == [(f"{VOLVEN}7280", "NPU28309")]


def test_other_systems_stay_as_sent_behind_the_national_code():
    assert codings((LOINC, "718-7"), (f"urn:oid:{VOLVEN}8212", "HB"), (NLK, "X")) == [
        (f"{VOLVEN}7280", "X"),
        (LOINC, "718-7"),
        (f"{VOLVEN}8212", "HB"),
    ]


def test_npus_own_system_is_the_national_list_too():
    assert codings((NPU, "NPU28309")) == [
        (f"{VOLVEN}7280", "NPU28309"),
        (NPU, "NPU28309"),
    ]
    assert codings((NPU, "QU60214")) == [(NPU, "QU60214")]


def test_the_laboratorys_words_name_the_result():
    found = the_observation(code=a_concept("X", display="Hemoglobin", text="Hb"))

    assert found.codings == (ParsedCoding("X", f"{VOLVEN}7280", "Hemoglobin", "Hb"),)
    assert the_observation(code={"text": "Hb"}).codings[0].text == "Hb"


@pytest.mark.parametrize("status", ObservationStatus.values)
def test_the_status_is_fhirs(status):
    assert the_observation(status=status).status == status


@pytest.mark.parametrize("status", [None, "done", "Final", 3, ["final"]])
def test_a_status_that_is_none_is_unknown(status):
    assert the_observation(status=status).status is ObservationStatus.UNKNOWN


@pytest.mark.parametrize(
    ("code", "mark", "remark"),
    [
        ("H", Interpretation.HIGH, None),
        ("L", Interpretation.LOW, None),
        ("A", Interpretation.ABNORMAL, None),
        ("HH", Interpretation.HIGH, "Kritisk høy"),
        ("LL", Interpretation.LOW, "Kritisk lav"),
        ("AA", Interpretation.ABNORMAL, "Kritisk avvik"),
        ("<", Interpretation.LOW, "Under måleområdet"),
        ("N", None, None),
        ("POS", None, "Positiv"),
        ("ND", None, "Ikke påvist"),
    ],
)
def test_a_mark_is_read_and_what_it_cannot_hold_is_said(code, mark, remark):
    found = the_observation(
        valueQuantity=a_quantity(), interpretation=[a_concept(code, V3)]
    )

    assert found.interpretation == mark
    said = (f"Laboratoriets vurdering: {remark}",) if remark else ()
    assert found.comments == said


@pytest.mark.parametrize(("code", "mark"), [("1", "H"), ("2", "L"), ("3", "A")])
@pytest.mark.parametrize("owner", ["ehelse", "helsedir"])
def test_the_norwegian_marks_are_read(code, mark, owner):
    system = f"http://{owner}.no/fhir/CodeSystem/no-kodeverk-8244"
    found = the_observation(interpretation=[a_concept(code, system)])

    assert found.interpretation == mark


def test_a_mark_nobody_knows_is_kept_in_words():
    coded = a_concept("Q", "http://lab.example", display="Se over")
    found = the_observation(interpretation=[coded, {"text": "Uvanlig"}])

    assert found.interpretation is None
    assert found.comments == (
        "Laboratoriets vurdering: Se over",
        "Laboratoriets vurdering: Uvanlig",
    )


@pytest.mark.parametrize("letter", ["S", "I", "R"])
def test_an_agents_answer_is_found_where_kith_has_it(letter):
    found = the_observation(
        valueQuantity=a_quantity("0.25", "mg/L", comparator="<="),
        interpretation=[a_concept(letter, V3)],
    )

    assert found.value_codings == (ParsedCoding(letter, f"{VOLVEN}8271"),)
    assert (found.heading, found.quantity.digits) == ("RSB", "0.25")
    assert found.interpretation is None


@pytest.mark.parametrize(
    "fields",
    [
        {"interpretation": [a_concept("R", V3)]},
        {"interpretation": [a_concept("R", f"urn:oid:{VOLVEN}8271")]},
        {"valueCodeableConcept": a_concept("R", f"urn:oid:{VOLVEN}8271")},
        {"valueCodeableConcept": a_concept("30714006", "http://snomed.info/sct")},
    ],
    ids=["v3", "8271 as mark", "8271 as value", "snomed"],
)
def test_resistance_without_a_number_is_a_coded_answer(fields):
    found = the_observation(**fields)

    assert (found.kind, found.heading) == (ValueKind.CODED, "RSB")
    assert found.value_codings[0] == ParsedCoding("R", f"{VOLVEN}8271")


def ranges(*sent, **value):
    value = value or {"valueQuantity": a_quantity()}
    return the_observation(referenceRange=list(sent), **value).reference_ranges


def test_a_range_is_written_as_norwegian_laboratories_do():
    low, high = a_quantity("4.0"), a_quantity("5.50")

    assert ranges({"low": low, "high": high}) == ("4,0 - 5,50",)
    assert ranges({"low": low}) == ("≥ 4,0",)
    assert ranges({"high": high}) == ("≤ 5,50",)
    assert ranges({"text": "< 5 (fastende)", "high": high}) == ("< 5 (fastende)",)
    assert ranges({}, {"high": {}}) == ()


def test_a_range_in_another_unit_than_the_value_says_so():
    assert ranges({"high": a_quantity("155", "g/L")}) == ("≤ 155 g/L",)


def test_a_therapeutic_range_is_kept_and_is_no_reference_range():
    sent = {
        "low": a_quantity("10"),
        "high": a_quantity("20"),
        "type": a_concept("therapeutic", "x"),
    }
    plain = {"high": a_quantity("5"), "type": a_concept("normal", "x")}

    assert ranges(sent, plain) == ("Terapeutisk område: 10 - 20", "≤ 5")


def test_whom_a_range_is_for_is_said():
    sent = {
        "high": a_quantity("5"),
        "appliesTo": [{"text": "kvinner"}],
        "age": {"low": {"value": "18", "code": "a"}, "high": {"value": "50"}},
    }
    assert ranges(sent) == ("≤ 5 (kvinner, alder 18–50 år)",)


def test_remarks_place_and_method_are_kept():
    found = the_observation(
        note=[{"text": "Hemolysert"}, {"text": "Hemolysert"}],
        bodySite={"text": "Venstre arm"},
        method=a_concept("M1", "http://x", display="PCR"),
    )

    assert found.comments == ("Hemolysert", "Lokalisasjon: Venstre arm")
    assert found.method_codings[0].display == "PCR"


def test_nilars_extensions_of_a_result():
    found = the_observation(
        identifier=[{"value": "x"}, {"system": "ResultItemId", "value": "i-1"}],
        extension=[
            {"url": f"{NILAR}accredited", "valueBoolean": False},
            {"url": f"{NILAR}comment", "valueAnnotation": {"text": "Se vedlegg"}},
            {"url": f"{NILAR}description-date", "valueDateTime": "2026-03-03"},
            {"url": f"{NILAR}status-change-date", "valueDateTime": "2026-03-04"},
            {"url": f"{NILAR}counter-sign-date", "valueDateTime": "2026-03-05"},
            {"url": f"{NILAR}medical-validation-date", "valueDateTime": "2026-03-06"},
        ],
    )

    assert (found.item_id, found.is_accredited) == ("i-1", False)
    assert (found.comments, found.described_at.as_sent) == (
        ("Se vedlegg",),
        "2026-03-03",
    )
    others = (found.status_changed_at, found.countersigned_at, found.validated_at)
    assert [m.date.day for m in others] == [4, 5, 6]


def test_nilars_link_to_the_organism_is_the_items_id():
    link = {
        "url": f"{NILAR}related-observation",
        "valueReference": a_reference("urn:uuid:o1"),
    }
    _organism, agent = read_results(
        an_observation(identifier=[{"value": "organism-1"}]),
        an_observation("urn:uuid:o2", extension=[link]),
    )
    assert agent.related_item_id == "organism-1"


def test_components_are_members_of_their_result():
    pressure = the_observation(
        status="preliminary",
        component=[
            {"code": {"text": "Overtrykk"}, "valueQuantity": a_quantity("120")},
            {"code": {"text": "Undertrykk"}, "valueQuantity": a_quantity("80.0")},
        ],
    )

    assert [m.codings[0].text for m in pressure.members] == ["Overtrykk", "Undertrykk"]
    assert pressure.members[1].quantity.digits == "80.0"
    assert pressure.members[0].status is ObservationStatus.PRELIMINARY


def test_when_it_was_taken_comes_from_result_panel_or_report():
    member = an_observation("urn:uuid:o2")
    panel = an_observation(
        effectiveDateTime="2026-03-01", hasMember=[a_reference("urn:uuid:o2")]
    )
    own = an_observation("urn:uuid:o3", effectivePeriod={"start": "2026-02-01"})
    bare = an_observation("urn:uuid:o4", effectiveInstant="2026-02-02T08:00:00Z")
    last = an_observation("urn:uuid:o5")
    report = the_report(
        panel,
        own,
        bare,
        last,
        more=[member],
        report={"effectiveDateTime": "2026-01-01"},
    )

    assert [o.investigated_at.as_sent for o in report.all_observations()] == [
        "2026-03-01",
        "2026-03-01",
        "2026-02-01",
        "2026-02-02T08:00:00Z",
        "2026-01-01",
    ]


def test_which_specimen_comes_from_result_or_panel():
    urine = an_entry("urn:uuid:s2", a_specimen("U-7"))
    member = an_observation("urn:uuid:o2")
    panel = an_observation(
        specimen=a_reference("urn:uuid:s2"), hasMember=[a_reference("urn:uuid:o2")]
    )
    report = the_report(panel, more=[urine, member])

    assert [o.specimen_ids for o in report.all_observations()] == [("U-7",), ("U-7",)]
    assert [s.id for s in report.specimens] == ["S-1", "U-7"]


def test_who_made_it_is_kept():
    named = the_observation(performer=[{"display": "Vilde Aas"}])

    assert named.performers[0].name == "Vilde Aas"
