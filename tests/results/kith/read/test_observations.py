"""Results: one for each ResultItem at every depth, with what it inherits."""

import pytest

from results.kith.read import read
from results.vocabulary import Interpretation, ObservationStatus, ValueKind

from ..messages import (
    a_message_with,
    a_specimen,
    a_text,
    a_unit,
    a_value,
    an_item,
)


def observations(*items: str, **report: str):
    message = read(a_message_with(*items, **report))
    assert message.faults == ()
    return message.report.observations


def the_only(*items: str, **report: str):
    (found,) = observations(*items, **report)
    return found


def test_a_sodium():
    item = the_only(
        an_item(
            a_value("139"),
            more="<RefInterval><Descr>137 - 145</Descr></RefInterval>"
            '<DevResultInd V="1"/><StatusInvestigation V="3"/>'
            "<IdResultItem>17</IdResultItem><Comment>Lett hemolyse</Comment>"
            '<Accredited V="true"/>',
        )
    )
    assert item.kind is ValueKind.QUANTITY
    assert (item.quantity.digits, item.quantity.unit) == ("139", "mmol/L")
    assert item.codings[0].text == "P-Natrium"
    assert item.reference_ranges == ("137 - 145",)
    assert item.interpretation is Interpretation.HIGH
    assert item.status is ObservationStatus.FINAL
    assert item.item_id == "17"
    assert item.comments == ("Lett hemolyse",)
    assert item.is_accredited is True


def test_no_flag_is_ever_computed():
    item = the_only(
        an_item(a_value("9999"), more="<RefInterval><Descr>1 - 2</Descr></RefInterval>")
    )
    assert item.interpretation is None


def test_every_reference_range_and_code_is_kept():
    item = the_only(
        "<ResultItem><RefInterval><Descr>&lt; 5</Descr></RefInterval><RefInterval/>"
        "<RefInterval><Descr>gravide: &lt; 7</Descr></RefInterval><Investigation>"
        '<Id V="NPU1" S="1.7280"/><Id V="LOK" S="1.8212" OT="Lokal"/>'
        '<Spec V="M" DN="Metode"/><Comment>kapillært</Comment></Investigation>'
        '<Investigation><Id V="NPU2"/><Comment>fastende</Comment></Investigation>'
        "</ResultItem>"
    )
    assert item.reference_ranges == ("< 5", "gravide: < 7")
    assert [c.code for c in item.codings] == ["NPU1", "LOK", "NPU2"]
    assert [c.text for c in item.method_codings] == ["Metode"]
    assert item.investigation_comment == "kapillært\nfastende"


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ('V="17" DN="PNA" OT="P-Natrium"', "P-Natrium"),
        ('V="17" DN=" Natrium "', "Natrium"),
        ('V=" NPU03429"', "NPU03429"),
    ],
)
def test_what_a_code_is_called(attributes, text):
    item = the_only(
        f"<ResultItem><Investigation><Id {attributes}/></Investigation></ResultItem>"
    )
    assert item.codings[0].text == text


class TestNesting:
    TREE = an_item(
        "",
        code="GRUPPE",
        members=an_item(code="A", members=an_item(code="A1"))
        + an_item(code="B", service_type="H"),
    )

    def test_every_item_is_there_once_in_order(self):
        message = read(a_message_with(self.TREE, an_item(code="C", service_type="C")))
        items = list(message.report.all_observations())
        assert [i.codings[0].code for i in items] == ["GRUPPE", "A", "A1", "B", "C"]

    def test_group_heads_pending_items_history_and_cancelled_count(self):
        pending = an_item("", more='<StatusInvestigation V="15"/>')
        message = read(a_message_with(self.TREE, pending))
        statuses = [i.status for i in message.report.all_observations()]
        assert statuses.count(ObservationStatus.REGISTERED) == 1
        assert len(statuses) == 5


class TestInheriting:
    def test_the_kind_of_message_comes_from_the_item_around_then_the_report(self):
        inner = an_item(service_type="", code="inner")
        outer = an_item(service_type="H", code="outer", members=inner)
        alone = an_item(service_type="", code="alone")
        found = observations(outer, alone, service_type="M")
        assert found[0].members[0].service_type == "H"
        assert found[0].members[0].status is ObservationStatus.FINAL
        assert found[1].service_type == "M"
        assert found[1].status is ObservationStatus.AMENDED

    def test_specimen_and_time_come_from_the_item_around(self):
        said = '<InvDate V="2026-03-02"/><RefAnalysedSubject>1</RefAnalysedSubject>'
        own = "<RefAnalysedSubject>2</RefAnalysedSubject>"
        item = the_only(
            a_specimen("1"),
            a_specimen("2"),
            an_item(more=said, members=an_item() + an_item(more=own)),
        )
        first, second = item.members
        assert first.specimen_ids == ("1",)
        assert first.investigated_at.as_sent == "2026-03-02"
        assert second.specimen_ids == ("2",)

    def test_a_cancelled_report_cancels_what_says_nothing_else(self):
        item = the_only(an_item(service_type=""), service_type="C")
        assert item.status is ObservationStatus.CANCELLED


class TestText:
    def test_text_keeps_its_lines_and_columns(self):
        item = the_only(an_item(a_text("\nHb    12,1\nCRP    5\n", heading="FU")))
        assert item.kind is ValueKind.TEXT
        assert item.text == "Hb    12,1\nCRP    5"
        assert item.heading == "FU"
        assert not item.is_markup

    def test_a_number_sent_as_text_stays_text(self):
        item = the_only(
            an_item(
                "<TextResult><TextResultValue>&lt;10 Negativ"
                "</TextResultValue><Unit>kU/L</Unit></TextResult>"
            )
        )
        assert (item.text, item.unit_of_text) == ("<10 Negativ", "kU/L")
        assert item.quantity is None

    def test_codes_alone_are_coded(self):
        sensitive = '<TextCode V="S" S="2.16.578.1.12.4.1.1.8271" DN="Sensitiv"/>'
        item = the_only(an_item(a_text(heading="RSB", codes=sensitive)))
        assert item.kind is ValueKind.CODED
        assert item.value_codings[0].text == "Sensitiv"
        assert item.text is None

    def test_a_susceptibility_with_its_concentration_keeps_both(self):
        item = the_only(an_item(a_text("0,25", codes='<TextCode V="S"/>')))
        assert item.kind is ValueKind.TEXT
        assert (item.text, item.value_codings[0].code) == ("0,25", "S")

    def test_a_heading_alone_is_no_value(self):
        item = the_only(an_item(a_text(heading="GR")))
        assert item.kind is ValueKind.NONE
        assert item.heading == "GR"

    def test_xhtml_is_kept_as_markup(self):
        item = the_only(
            an_item(a_text('<p xmlns="http://www.w3.org/1999/xhtml">Normal</p>'))
        )
        assert item.is_markup
        assert item.text == "<p>Normal</p>"

    def test_empty_xhtml_is_no_value(self):
        item = the_only(
            an_item(a_text('<script xmlns="http://www.w3.org/1999/xhtml">x</script>'))
        )
        assert (item.kind, item.is_markup) == (ValueKind.NONE, False)


class TestOtherValues:
    def test_an_interval(self):
        item = the_only(
            an_item('<Interval><Low V="1.50" U="g/L"/><High V="2" U="g/L"/></Interval>')
        )
        assert item.kind is ValueKind.INTERVAL
        assert item.interval_low.digits == "1.50"
        assert item.interval_high.unit == "g/L"

    def test_an_interval_with_one_end(self):
        item = the_only(an_item('<Interval><High V="2"/></Interval>'))
        assert item.kind is ValueKind.INTERVAL
        assert item.interval_low is None

    def test_an_interval_that_is_no_numbers_is_text(self):
        message = read(
            a_message_with(an_item('<Interval><Low V="lav"/><High V="2"/></Interval>'))
        )
        (item,) = message.report.observations
        assert (item.kind, item.text) == (ValueKind.TEXT, "lav – 2")
        assert any("intervall" in w for w in message.warnings)

    @pytest.mark.parametrize("value", ["<Interval/>", "<DateResult/>", "<TextResult/>"])
    def test_an_empty_value_is_none(self, value):
        assert the_only(an_item(value)).kind is ValueKind.NONE

    def test_a_date(self):
        item = the_only(
            an_item('<DateResult><DateResultValue V="2026-10-01"/></DateResult>')
        )
        assert item.kind is ValueKind.DATE
        assert item.date.as_sent == "2026-10-01"

    @pytest.mark.parametrize(
        ("second", "said"),
        [
            (a_text("Usikker", codes='<TextCode V="T" DN="Tvil"/>'), "Usikker Tvil"),
            (a_value("6.0", "g/L", comparator="LT"), "< 6.0 g/L"),
            ('<Interval><Low V="1"/><High V="2"/></Interval>', "1 – 2"),
            ('<DateResult><DateResultValue V="2026-10-01"/></DateResult>', "2026-10"),
        ],
        ids=["text", "number", "interval", "date"],
    )
    def test_of_two_values_neither_is_lost(self, second, said):
        message = read(a_message_with(an_item(a_value("5.1") + second)))
        (item,) = message.report.observations
        assert item.quantity.digits == "5.1"
        assert [c.startswith(said) for c in item.comments] == [True]
        assert any("flere verdier" in w for w in message.warnings)


def test_diagnoses_with_their_modifiers():
    item = the_only(
        an_item(
            more='<DiagComment><Concept V="C18.7" S="1.7110"/><Modifier>'
            '<Name V="LA"/><Value V="V" DN="Venstre"/></Modifier></DiagComment>'
        )
    )
    assert [c.code for c in item.diagnoses] == ["C18.7"]
    assert item.structured == (("Lateralitet", "Venstre"),)


def test_a_modifier_may_have_several_values_and_a_name_of_its_own():
    item = the_only(
        an_item(
            more='<DiagComment><Concept V="C50" S="1.7110"/><Modifier>'
            '<Name V="XX" DN="Gradering"/><Value V="2"/><Value V="3"/></Modifier>'
            '<Modifier><Name/><Value V="4"/></Modifier></DiagComment>'
        )
    )
    assert item.structured == (("Gradering", "2"), ("Gradering", "3"), ("", "4"))


def test_template_answers_are_labels_and_values():
    item = the_only(
        an_item(
            more='<StructuredInfo><Type V="T1" DN="Tumor"/><TextInfo><Text>Sigmoideum'
            "</Text></TextInfo><IntegerInfo><Integer>12</Integer></IntegerInfo>"
            '<PhysicalInfo><Quantity V="3.5" U="cm"/></PhysicalInfo><CodedInfo>'
            '<Code V="pT3"/></CodedInfo><BooleanInfo><Flag V="true"/></BooleanInfo>'
            "</StructuredInfo>"
        )
    )
    values = ("Sigmoideum", "12", "3.5 cm", "pT3", "Ja")
    assert item.structured == tuple(("Tumor", value) for value in values)


def test_who_did_it_and_what_it_belongs_to():
    item = the_only(
        an_item(
            more="<RefIdResultItem>VERBK1</RefIdResultItem>"
            '<DescrDate V="2026-03-02T12:00:00"/><RelServProv><Relation V="LAB"/>'
            + a_unit("Fjordlab", "900003")
            + "</RelServProv>"
        )
    )
    assert item.related_item_id == "VERBK1"
    assert item.described_at.as_sent == "2026-03-02T12:00:00"
    assert [(p.name, p.relation) for p in item.performers] == [("Fjordlab", "LAB")]


def test_when_it_was_signed_and_by_how_many():
    item = the_only(
        an_item(
            more='<StatusChangeDate V="2026-03-01"/><CounterSignDate V="2026-03-02"/>'
            '<MedicalValidationDate V="2026-03-03T08:00:00"/>'
        )
    )
    assert item.status_changed_at.as_sent == "2026-03-01"
    assert item.countersigned_at.as_sent == "2026-03-02"
    assert item.validated_at.as_sent == "2026-03-03T08:00:00"


class TestCancelledSpecimen:
    """Pathology withdraws a specimen, and with it all that was found in it."""

    CANCELLED = a_specimen("1", more='<ServType V="C"/>')
    ON_ONE = "<RefAnalysedSubject>1</RefAnalysedSubject>"
    ON_TWO = "<RefAnalysedSubject>2</RefAnalysedSubject>"

    def statuses(self, *content: str) -> list[str]:
        message = read(a_message_with(*content, service_type="M"))
        return [o.status.value for o in message.report.all_observations()]

    def test_its_results_are_withdrawn_at_every_depth(self):
        item = an_item(more=self.ON_ONE, members=an_item(members=an_item()))
        assert self.statuses(self.CANCELLED, item) == ["cancelled"] * 3

    def test_results_of_other_specimens_stand(self):
        kept = an_item(more=self.ON_TWO)
        assert self.statuses(self.CANCELLED, a_specimen("2"), kept) == ["final"]

    def test_results_of_no_specimen_stand(self):
        assert self.statuses(self.CANCELLED, an_item()) == ["final"]

    def test_a_result_that_rests_on_it_among_others_is_withdrawn(self):
        both = an_item(more=self.ON_TWO + self.ON_ONE)
        assert self.statuses(self.CANCELLED, both) == ["cancelled"]

    def test_what_was_derived_from_it_falls_too(self):
        derived = (
            "<AnalysedSubject><IdByServProvider>2</IdByServProvider></AnalysedSubject>"
        )
        outer = a_specimen("1", more='<ServType V="C"/>' + derived)
        assert self.statuses(outer, an_item(more=self.ON_TWO)) == ["cancelled"]

    def test_what_the_laboratory_says_of_the_item_is_kept_beside(self):
        content = a_message_with(self.CANCELLED, an_item(more=self.ON_ONE))
        (item,) = read(content).report.observations
        assert (item.service_type, item.status.value) == ("N", "cancelled")
