"""What was asked for: `ServReq`, as the requester wrote it."""

from collections.abc import Iterator

from results.kith.read import markup, values
from results.kith.read.notes import Notes
from results.kith.xml import Node
from results.parsed import ParsedCoding, ParsedComment, ParsedServiceRequest

# Laid down for a requisition on paper, or one the laboratory does not know (B9).
_UNKNOWN_ID = "NULL"
_PERMISSION = ParsedCoding(display="Tillatelse")


def service_requests(report: Node, notes: Notes) -> tuple[ParsedServiceRequest, ...]:
    """Every requisition that says something."""
    found = (_request(node, notes) for node in report.children("ServReq"))
    return tuple(request for request in found if request != ParsedServiceRequest())


def _request(node: Node, notes: Notes) -> ParsedServiceRequest:
    identifier = node.text("Id")
    is_known = identifier is not None and identifier.upper() != _UNKNOWN_ID
    reasons = node.children("ReasonAsText")
    return ParsedServiceRequest(
        id=identifier if is_known else None,
        id_by_performer=node.text("IdByServProvider"),
        authored_at=values.moment(node, "IssueDate", notes),
        received_at=values.moment(node, "ReceiptDate", notes),
        priority=node.code("RequestedPrioReport"),
        reasons=tuple(_reasons(reasons)),
        comments=(
            *map(ParsedComment, node.texts("ReqComment")),
            *_remarks(node.children("Comment")),
            *_permissions(node),
        ),
        reservations=values.codings(node.children("Reservation")),
        purpose=next(filter(None, map(_coded, reasons)), None),
    )


def _coded(remark: Node) -> ParsedCoding | None:
    return values.coding(remark.child("TextCode"))


def _reasons(nodes: list[Node]) -> Iterator[ParsedComment]:
    """The reasons in words. The first code is «Formål», and no reason; were there
    another, it would be."""
    is_purpose_told = False
    for node in nodes:
        coded = _coded(node)
        yield from _remark(node, coded if is_purpose_told else None)
        is_purpose_told = is_purpose_told or coded is not None


def _remarks(nodes: list[Node]) -> Iterator[ParsedComment]:
    for node in nodes:
        yield from _remark(node, _coded(node))


def _remark(node: Node, coded: ParsedCoding | None) -> Iterator[ParsedComment]:
    """Text under a heading, and the code's words."""
    value = node.child("TextResultValue")
    said = [markup.as_text(value) if value else None, coded.text if coded else None]
    if text := "\n".join(filter(None, said)):
        yield ParsedComment(text, values.coding(node.child("Heading")))


def _permissions(node: Node) -> Iterator[ParsedComment]:
    """What version 1.3 had beside reservations and 1.4 took out."""
    for coded in values.codings(node.children("Permission")):
        yield ParsedComment(coded.text or "", _PERMISSION)
