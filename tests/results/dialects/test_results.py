"""Cases D1–D24: numbers, texts, units and limits as laboratories write them."""

import pytest

from results.vocabulary import Interpretation, ValueKind

from ..kith.messages import a_specimen, a_text, a_value, an_item
from .reading import a_letter, accepted, the_item, warnings


@pytest.mark.parametrize("sent", ["0,25", "0.250", "16", "0", "4.0"])
def test_d1_d2_a_number_sent_as_text_is_text_with_its_unit(sent):
    item = the_item(
        an_item(a_text(sent).replace("</TextResult>", "<Unit>g/L</Unit></TextResult>"))
    )
    assert (item.kind, item.text, item.unit_of_text) == (ValueKind.TEXT, sent, "g/L")
    assert item.quantity is None


@pytest.mark.parametrize(
    "sent",
    ["&lt;10 Negativ", "&gt;1000 Positiv", "&gt; 100 000 / ml", "&gt;100.000 pr.ml."],
)
def test_d3_a_comparator_in_a_text_stays_there(sent):
    said = sent.replace("&lt;", "<").replace("&gt;", ">")
    assert the_item(an_item(a_text(sent))).text == said


@pytest.mark.parametrize(
    ("code", "sign"),
    [("LT", "<"), ("GT", ">"), ("LE", "<="), ("GE", ">="), ("EQ", None), ("MG", "MG")],
)
@pytest.mark.parametrize("name", ["Mindre", "Mindre enn"])
def test_d4_the_comparator_is_its_code_whatever_its_name(code, sign, name):
    value = a_value("5", comparator=code).replace(
        f'V="{code}"', f'V="{code}" DN="{name}"'
    )
    assert the_item(an_item(value)).quantity.comparator == sign


@pytest.mark.parametrize("sent", ["1.5E3", "-0", "4.0", "0010"])
def test_d5_every_digit_is_kept(sent):
    assert the_item(an_item(a_value(sent))).quantity.digits == sent


@pytest.mark.parametrize("sent", ["INF", "-INF", "NaN"])
def test_d5_what_is_no_number_is_shown_as_it_came(sent):
    item = the_item(an_item(a_value(sent)))
    assert (item.kind, item.text, item.quantity) == (ValueKind.TEXT, sent, None)


def test_d6_a_decimal_comma_is_repaired_with_a_warning():
    content = a_letter(an_item(a_value("5,2")))
    assert accepted(content).observations[0].quantity.digits == "5.2"
    assert "komma" in warnings(content)


@pytest.mark.parametrize("unit", ["10E9/L", "10^9 /L", "x 10E9/L", "µg/L", "g/l"])
def test_d7_d8_d10_the_unit_is_kept_as_it_was_written(unit):
    assert the_item(an_item(a_value("5", unit))).quantity.unit == unit


@pytest.mark.parametrize("unit", ["0", "", " "])
def test_d9_no_unit_has_three_spellings(unit):
    assert the_item(an_item(a_value("5", unit))).quantity.unit is None


@pytest.mark.parametrize(
    "limits", ["3,5 - 11,0", "&lt; 0,5", "&gt;65", "-", "mellom 10 og 20 %"]
)
def test_d11_limits_are_words(limits):
    more = f"<RefInterval><Descr>{limits}</Descr></RefInterval><RefInterval/>"
    said = limits.replace("&lt;", "<").replace("&gt;", ">")
    assert the_item(an_item(more=more)).reference_ranges == (said,)


def test_d12_every_limit_is_kept():
    both = "<RefInterval><Descr>{}</Descr></RefInterval>"
    more = both.format("kvinner: 5") + both.format("menn: 7")
    assert the_item(an_item(more=more)).reference_ranges == ("kvinner: 5", "menn: 7")


def test_d13_only_the_laboratory_says_what_is_outside():
    more = "<RefInterval><Descr>1 - 2</Descr></RefInterval>"
    assert the_item(an_item(a_value("9"), more=more)).interpretation is None
    marked = more + '<DevResultInd V="1" DN="Høy"/>'
    item = the_item(an_item(a_value("9"), more=marked))
    assert item.interpretation is Interpretation.HIGH


def test_d14_an_item_without_a_result_is_an_item():
    assert the_item(an_item("")).kind is ValueKind.NONE


@pytest.mark.parametrize(
    ("code", "shown"),
    [('V="S" DN="Sensitiv"', "Sensitiv"), ('V="S"', "S"), ('DN="Ja"', "Ja")],
)
def test_d15_a_code_alone_is_the_answer(code, shown):
    item = the_item(an_item(a_text(codes=f"<TextCode {code}/>")))
    assert (item.kind, item.value_codings[0].text) == (ValueKind.CODED, shown)


def test_d16_d17_every_code_is_kept_with_the_words_sent():
    codes = '<TextCode V="ESCOLI" S="1.8271"/><TextCode V="I" DN="Intermediær"/>'
    item = the_item(an_item(a_text("Vekst", codes=codes)))
    assert [c.text for c in item.value_codings] == ["ESCOLI", "Intermediær"]


@pytest.mark.parametrize("target", ["1", "VERBK1"])
def test_d18_an_agent_points_at_its_organism_by_any_id(target):
    organism = an_item(a_text("E. coli"), more=f"<IdResultItem>{target}</IdResultItem>")
    agent = an_item(
        a_text(codes='<TextCode V="S"/>', heading="RSB"),
        more=f"<RefIdResultItem>{target}</RefIdResultItem>",
    )
    for sent in ([organism, agent], [agent, organism]):
        found = accepted(a_letter(*sent)).observations
        by_id = {o.item_id: o for o in found}
        (pointing,) = [o for o in found if o.related_item_id]
        assert by_id[pointing.related_item_id].text == "E. coli"


def test_d18_or_lies_within_it():
    agent = an_item(a_text(codes='<TextCode V="R"/>', heading="RSB"))
    (member,) = the_item(an_item(a_text("E. coli"), members=agent)).members
    assert (member.heading, member.value_codings[0].code) == ("RSB", "R")


@pytest.mark.parametrize("name", ["RefIdResultItem", "RefAnalysedSubject"])
def test_d19_a_reference_that_leads_nowhere_loses_nothing(name):
    content = a_letter(an_item(more=f"<{name}>borte</{name}>"))
    assert len(accepted(content).observations) == 1
    assert "ikke er med" in warnings(content)


def test_d20_an_item_may_rest_on_several_specimens():
    named = "<RefAnalysedSubject>{}</RefAnalysedSubject>"
    more = named.format("1") + named.format("2")
    item = the_item(a_specimen("1"), a_specimen("2"), an_item(more=more))
    assert item.specimen_ids == ("1", "2")


def test_d21_of_two_specimens_with_one_id_the_first_counts():
    twice = [a_specimen("1", taken="2026-03-01"), a_specimen("1", taken="2020-01-01")]
    (specimen,) = accepted(a_letter(*twice)).specimens
    assert specimen.collected_at.as_sent == "2026-03-01"


def test_d22_a_concentration_stands_beside_its_letter():
    item = the_item(an_item(a_text("0,25", codes='<TextCode V="S"/>', heading="RSB")))
    assert (item.text, item.value_codings[0].code) == ("0,25", "S")


def test_d23_results_in_results_in_results():
    deep = an_item(members=an_item(members=an_item(code="NPU3")))
    *_, innermost = the_item(deep).walk()
    assert innermost.codings[0].code == "NPU3"


def test_d24_lines_and_columns_of_a_text_stand():
    assert (
        the_item(an_item(a_text("Hb    12,1\nCRP    5"))).text == "Hb    12,1\nCRP    5"
    )
