"""What was asked for, as the requester wrote it."""

import pytest

from results.kith.read import read

from ..messages import a_message, a_report


def requests(*sent: str):
    message = read(a_message(a_report(header="".join(sent))).encode())
    assert message.faults == ()
    return message.report.service_requests


def test_a_requisition():
    (request,) = requests(
        '<ServReq><IssueDate V="2026-03-01"/><Id>e312fde3</Id>'
        '<RequestedPrioReport V="OHJELP"/><ReceiptDate V="2026-03-02T09:00:00"/>'
        '<IdByServProvider>NL-1</IdByServProvider><Reservation V="R"/></ServReq>'
    )
    assert request.id == "e312fde3"
    assert request.id_by_performer == "NL-1"
    assert request.authored_at.as_sent == "2026-03-01"
    assert request.received_at.as_sent == "2026-03-02T09:00:00"
    assert request.priority == "OHJELP"
    assert [r.code for r in request.reservations] == ["R"]


@pytest.mark.parametrize("identifier", ["NULL", "null", "", "  "])
def test_a_requisition_on_paper_has_no_id(identifier):
    (request,) = requests(
        f"<ServReq><Id>{identifier}</Id><ReqComment>På papir</ReqComment></ServReq>"
    )
    assert request.id is None


@pytest.mark.parametrize("sent", ["", "<ServReq/>", "<ServReq><Id>NULL</Id></ServReq>"])
def test_one_that_says_nothing_is_none(sent):
    assert requests(sent) == ()


def test_every_requisition_is_kept():
    found = requests("<ServReq><Id>1</Id></ServReq><ServReq><Id>2</Id></ServReq>")
    assert [r.id for r in found] == ["1", "2"]


def test_reasons_have_headings_and_the_code_is_what_it_is_for():
    (request,) = requests(
        '<ServReq><ReasonAsText><Heading V="PROB" DN="Aktuell problemstilling"/>'
        "<TextResultValue>Økende tretthet</TextResultValue></ReasonAsText>"
        '<ReasonAsText><TextCode V="1" DN="Helsehjelp"/></ReasonAsText>'
        "<ReasonAsText/></ServReq>"
    )
    told = [(r.heading and r.heading.code, r.text) for r in request.reasons]
    assert told == [("PROB", "Økende tretthet")]
    assert request.purpose.text == "Helsehjelp"


def test_a_purpose_beside_a_reason_is_no_part_of_it():
    (request,) = requests(
        "<ServReq><ReasonAsText><TextResultValue>Kontroll</TextResultValue>"
        '<TextCode V="2" DN="Forsikring"/></ReasonAsText><ReasonAsText>'
        '<TextCode V="3" DN="Annet"/></ReasonAsText></ServReq>'
    )
    assert request.purpose.text == "Forsikring"
    assert [r.text for r in request.reasons] == ["Kontroll", "Annet"]


def test_what_radiology_may_do_more_is_told():
    (request,) = requests(
        '<ServReq><Comment><Heading V="SH"/><TextResultValue>Redd</TextResultValue>'
        '<TextCode V="1" DN="Tillatelse"/></Comment></ServReq>'
    )
    assert [c.text for c in request.comments] == ["Redd\nTillatelse"]


def test_the_permission_of_the_older_version_is_told():
    (request,) = requests('<ServReq><Permission V="1" DN="Kan utvides"/></ServReq>')
    told = [(c.heading.text, c.text) for c in request.comments]
    assert told == [("Tillatelse", "Kan utvides")]


def test_remarks_of_the_requester():
    (request,) = requests(
        "<ServReq><ReqComment>Haster</ReqComment><Comment>"
        '<Heading V="TEL"/><TextResultValue>22000000</TextResultValue></Comment>'
        "</ServReq>"
    )
    told = [(c.heading and c.heading.code, c.text) for c in request.comments]
    assert told == [(None, "Haster"), ("TEL", "22000000")]


def test_a_reason_in_xhtml_becomes_lines():
    (request,) = requests(
        '<ServReq><ReasonAsText><TextResultValue><div xmlns="http://www.w3.org/1999/xhtml">'
        "Hoste<br/>Feber</div></TextResultValue></ReasonAsText></ServReq>"
    )
    assert request.reasons[0].text == "Hoste\nFeber"
