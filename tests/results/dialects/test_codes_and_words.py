"""Cases D25–D43: codes, names, XHTML and what else stands around a result."""

import pytest

from results.vocabulary import ValueKind

from ..kith.messages import a_message, a_report, a_specimen, a_text, a_value, an_item
from .reading import a_letter, accepted, the_item

XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def named(*ids: str) -> str:
    return f"<ResultItem><Investigation>{''.join(ids)}</Investigation></ResultItem>"


def test_d25_of_xhtml_the_allowed_part_stands():
    sent = (
        f'<div {XHTML} style="x" onclick="y"><p>Funn<br/><strong>A</strong></p>'
        '<script>z()</script><a href="http://x">se</a></div>'
    )
    item = the_item(an_item(a_text(sent)))
    assert item.text == "<div><p>Funn<br><strong>A</strong></p>se</div>"


@pytest.mark.parametrize("sent", ["&lt;b&gt;A&lt;/b&gt;", "<b>A</b>"])
def test_d26_tags_that_are_no_xhtml_are_text(sent):
    item = the_item(an_item(a_text(sent)))
    assert (item.text, item.is_markup) == ("<b>A</b>", False)


def test_d27_a_national_and_a_local_code_are_both_kept():
    ids = '<Id V="NPU03429" S="1.7280"/><Id V="17" S="1.8212" OT="Natrium"/>'
    assert [c.code for c in the_item(named(ids)).codings] == ["NPU03429", "17"]


@pytest.mark.parametrize(
    ("code", "system"),
    [("NPU03429", "7230"), ("OUS00529", "7280"), ("NO05172", "7280")],
)
def test_d28_d29_a_code_that_is_wrong_or_retired_stays_as_sent(code, system):
    sent = f'<Id V="{code}" S="2.16.578.1.12.4.1.1.{system}" DN="Noe"/>'
    (coding,) = the_item(named(sent)).codings
    assert (coding.code, coding.system.rpartition(".")[2]) == (code, system)


@pytest.mark.parametrize(
    ("attributes", "shown"),
    [
        ('OT="MR av hode"', "MR av hode"),
        ('V="17" OT="MR av hode"', "MR av hode"),
        ('V="17" DN="MR hode"', "MR hode"),
        ('DN="MR hode\\"', "MR hode\\"),
        ('V="17"', "17"),
        ('V="17" DN="PNA" OT="P-Natrium"', "P-Natrium"),
    ],
)
def test_d30_d31_what_a_local_code_is_called(attributes, shown):
    item = the_item(named(f'<Id S="2.16.578.1.12.4.1.1.8212" {attributes}/>'))
    assert item.codings[0].text == shown


def test_d30_a_code_of_nothing_is_none():
    assert the_item(named('<Id S="2.16.578.1.12.4.1.1.8212"/>')).codings == ()


@pytest.mark.parametrize("code", ["T 08000", "T02000", "PX9500", "SP0AD///ZX5EA"])
def test_d32_d33_codes_of_pathology_and_imaging_are_opaque(code):
    sent = f'<Id V="{code}" S="1.7010" OT="Lunge"/><Spec V="ZTX0EA" DN="Kontrast"/>'
    item = the_item(named(sent))
    assert (item.codings[0].code, item.codings[0].text) == (code, "Lunge")
    assert item.method_codings[0].text == "Kontrast"


@pytest.mark.parametrize("code", ["s", "B", "u"])
def test_d34_the_material_is_kept_as_it_was_written(code):
    sent = a_specimen(more=f'<TypeCoded V="{code}" S="2.16.578.1.12.4.1.1.8351"/>')
    assert accepted(a_letter(sent)).specimens[0].type.code == code


@pytest.mark.parametrize(
    ("sent", "text", "code"),
    [
        ("<Type>Serum</Type>", "Serum", None),
        ('<TypeCoded V="S"/>', None, "S"),
        ('<Type>Serum</Type><TypeCoded V="S"/>', "Serum", "S"),
        ("", None, None),
    ],
)
def test_d35_the_material_in_words_in_code_in_both_or_in_neither(sent, text, code):
    (specimen,) = accepted(
        a_letter(f"<AnalysedSubject>{sent}</AnalysedSubject>")
    ).specimens
    assert specimen.type_text == text
    assert (specimen.type and specimen.type.code) == code


def test_d36_a_method_of_a_list_that_is_gone_is_shown_by_name():
    spec = '<Id V="1"/><Spec V="A,B/C" S="1.8350" DN="Dyrkning, aerob"/>'
    assert the_item(named(spec)).method_codings[0].text == "Dyrkning, aerob"


@pytest.mark.parametrize("heading", ["PROB", "OPPL", "HVA"])
def test_d37_a_reason_may_have_any_heading(heading):
    header = (
        f'<ServReq><ReasonAsText><Heading V="{heading}" DN="Problem!"/>'
        "<TextResultValue>Hoste</TextResultValue></ReasonAsText></ServReq>"
    )
    (request,) = accepted(a_message(a_report(header=header))).service_requests
    (reason,) = request.reasons
    assert (reason.heading.code, reason.text) == (heading, "Hoste")


def test_d38_items_that_are_only_comments_are_kept_in_order():
    lines = [f"<ResultItem><Comment>linje {n}</Comment></ResultItem>" for n in (1, 2)]
    found = accepted(a_letter(*lines)).observations
    assert [o.comments for o in found] == [("linje 1",), ("linje 2",)]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ('<Interval><Low V="1"/><High V="2"/></Interval>', ValueKind.INTERVAL),
        ('<DateResult><DateResultValue V="2026-10"/></DateResult>', ValueKind.DATE),
    ],
)
def test_d39_an_interval_and_a_date_are_values(value, kind):
    assert the_item(an_item(value)).kind is kind


@pytest.mark.parametrize("version", ["1.3", "1.4"])
def test_d40_a_template_is_labels_and_values_in_both_versions(version):
    info = (
        '<StructuredInfo><Type V="T1" DN="Tumor"/><CodedInfo><Code V="pT3" DN="T3"/>'
        "</CodedInfo></StructuredInfo>"
    )
    sent = a_letter(an_item(more=info)).replace("2012-02-15", "2008-12-01")
    content = sent if version == "1.3" else a_letter(an_item(more=info))
    assert accepted(content).observations[0].structured == (("Tumor", "T3"),)


def test_d41_what_is_not_accredited_says_so_on_both_levels():
    accredited = '<Accredited V="false"/>'
    report = accepted(a_letter(a_specimen(more=accredited), an_item(more=accredited)))
    assert report.specimens[0].is_accredited is False
    assert report.observations[0].is_accredited is False


def test_d42_who_pays_is_nobodys_business_here():
    header = '<ServReq><PaymentCat V="99" DN="Error: Ukjent kodeOI"/></ServReq>'
    assert accepted(a_message(a_report(header=header))).service_requests == ()


def test_d43_the_same_code_twice_is_two_results():
    twice = [an_item(a_value("5")), an_item(a_value("6"))]
    found = accepted(a_letter(*twice)).observations
    assert [o.quantity.digits for o in found] == ["5", "6"]
