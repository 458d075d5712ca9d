"""Cases A: bytes, encodings and XML as producers' systems really write them."""

import codecs
import socket

import pytest

from results.kith import screening

from ..kith.messages import NAMESPACES, a_document, a_message, a_report, an_item
from .reading import a_letter, accepted, opened, refusals, the_item, warnings

LATIN_1 = '<?xml version="1.0" encoding="{}"?>'
BLAABAER = a_letter(an_item(more="<Comment>Blåbær på Ærøya</Comment>"))


def comment_of(content: bytes) -> str:
    (item,) = accepted(content).observations
    return item.comments[0]


def test_a1_a_byte_order_mark_before_utf_8():
    assert comment_of(codecs.BOM_UTF8 + BLAABAER.encode()) == "Blåbær på Ærøya"


def test_a2_sixteen_bits_that_claim_to_be_latin_1():
    content = LATIN_1.format("ISO-8859-1") + BLAABAER
    in_clipboard = codecs.BOM_UTF16_LE + content.encode("utf-16-le")
    assert comment_of(in_clipboard) == "Blåbær på Ærøya"


@pytest.mark.parametrize("name", ["ISO-8859-1", "iso-8859-1"])
def test_a3_latin_1_in_capitals_or_not(name):
    content = LATIN_1.format(name) + BLAABAER
    assert comment_of(content.encode("latin-1")) == "Blåbær på Ærøya"


def test_a4_no_declaration_is_utf_8():
    assert comment_of(BLAABAER.encode()) == "Blåbær på Ærøya"


@pytest.mark.parametrize("declaration", ["", LATIN_1.format("UTF-8")])
def test_a5_latin_1_that_claims_to_be_utf_8_is_refused_and_not_repaired(declaration):
    assert refusals((declaration + BLAABAER).encode("latin-1")) == ["T01"]


def test_a7_blank_lines_before_the_declaration():
    content = "\r\n \t" + LATIN_1.format("UTF-8") + BLAABAER
    assert comment_of(content.encode()) == "Blåbær på Ærøya"


@pytest.mark.parametrize("unclosed", ["</OffId>", "</ServProvId>"])
def test_a8_an_element_that_is_not_closed_is_refused_and_its_sender_known(unclosed):
    content = a_letter().replace(unclosed, "")
    assert refusals(content) == ["T01"]
    assert opened(content).sender.id_of("HER") == "900001"


def test_a9_stray_text_between_elements_is_nobodys():
    content = a_letter(an_item()).replace("<ServReport>", "æ<ServReport>rusk")
    assert len(accepted(content).observations) == 1


def test_a10_bare_text_where_an_id_should_be():
    content = a_letter().replace("<Inst>", "<Inst><AdditionalId>4</AdditionalId>", 1)
    accepted(content)
    assert "løs tekst" in warnings(content)


def test_a11_text_inside_a_coded_element():
    content = a_letter().replace('<ServType V="N"/>', '<ServType V="N">M</ServType>')
    assert accepted(content).service_type == "N"


def test_a12_a_name_spelt_wrong_is_passed_over():
    content = a_letter(an_item()).replace("<HCP>", "<HCP><Adress><City/></Adress>")
    assert len(accepted(content).observations) == 1


def test_a13_the_order_does_not_matter():
    late = "<ResultItem><Investigation><Id V='NPU1'/></Investigation>"
    item = the_item(late + '<ServType V="H"/></ResultItem>', service_type="M")
    assert (item.codings[0].code, item.service_type) == ("NPU1", "H")


@pytest.mark.parametrize("prefix", ["k:", "ns0:"])
def test_a14_any_prefix_will_do(prefix):
    content = a_letter(an_item()).replace("<", f"<{prefix}")
    content = content.replace(f"<{prefix}/", f"</{prefix}")
    assert accepted(content.replace("xmlns=", f"xmlns:{prefix[:-1]}=")).observations


def test_a14_but_no_namespace_will_not():
    assert refusals(a_message(namespace="")) == ["T10"]


def test_a15_the_namespace_decides_the_version():
    content = a_message(mig_version="v1.3 2008-12-01")
    accepted(content)
    assert "MIGversion" in warnings(content)
    assert refusals(a_message(namespace="urn:labsvar:2031")) == ["T10"]


@pytest.mark.parametrize("place", [r"C:\svar.xsd", "http://schema.example/svar.xsd"])
def test_a16_a_schema_named_in_the_message_is_never_fetched(place, monkeypatch):
    monkeypatch.setattr(socket, "socket", pytest.fail)
    schema = f'xsi:schemaLocation="{NAMESPACES["1.4"]} {place}"'
    instance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    accepted(a_letter().replace("<Message ", f"<Message {instance} {schema} ", 1))


def test_a17_a_report_in_a_head_is_taken_out_if_it_is_alone():
    head = "<MsgHead><Document><RefDoc><Content>{}</Content></RefDoc></Document>{}"
    accepted(head.format(a_letter(), "</MsgHead>"))
    assert refusals(head.format(a_letter() * 2, "</MsgHead>")) == ["T10"]
    in_each_other = head.format(head.format(a_letter(), "</MsgHead>"), "</MsgHead>")
    assert "hodemelding" in warnings(in_each_other)


def test_a18_one_document_may_fill_the_message_but_not_pass_its_bound():
    base64 = "A" * 9_000_000
    assert accepted(a_message(a_report(header=a_document(base64)))).attachments
    assert refusals(b" " * screening.MAX_BYTES + a_letter().encode()) == ["T01"]


def test_a19_blanks_around_codes_and_names():
    item = the_item(
        "<ResultItem><Investigation><Id V='\tNPU19677\r\n' DN='Ampicillin '/>"
        "</Investigation></ResultItem>"
    )
    assert (item.codings[0].code, item.codings[0].text) == ("NPU19677", "Ampicillin")
