"""What was asked for: `ServReq`, as the requester wrote it."""

from collections.abc import Iterator

from results.kith.read import markup, values
from results.kith.read.notes import Notes
from results.kith.xml import Node
from results.parsed import ParsedComment, ParsedServiceRequest

# Laid down for a requisition on paper, or one the laboratory does not know (B9).
_UNKNOWN_ID = "NULL"


def service_requests(report: Node, notes: Notes) -> tuple[ParsedServiceRequest, ...]:
    """Every requisition that says something."""
    found = (_request(node, notes) for node in report.children("ServReq"))
    return tuple(request for request in found if request != ParsedServiceRequest())


def _request(node: Node, notes: Notes) -> ParsedServiceRequest:
    identifier = node.text("Id")
    is_known = identifier is not None and identifier.upper() != _UNKNOWN_ID
    return ParsedServiceRequest(
        id=identifier if is_known else None,
        id_by_performer=node.text("IdByServProvider"),
        authored_at=values.moment(node, "IssueDate", notes),
        received_at=values.moment(node, "ReceiptDate", notes),
        priority=node.code("RequestedPrioReport"),
        reasons=tuple(_remarks(node.children("ReasonAsText"))),
        comments=(
            *map(ParsedComment, node.texts("ReqComment")),
            *_remarks(node.children("Comment")),
        ),
        reservations=values.codings(node.children("Reservation")),
    )


def _remarks(nodes: list[Node]) -> Iterator[ParsedComment]:
    """Text under a heading; the code's words where there is only a code."""
    for node in nodes:
        value = node.child("TextResultValue")
        coded = values.coding(node.child("TextCode"))
        text = (value and markup.as_text(value)) or (coded and coded.text)
        if text:
            yield ParsedComment(text, values.coding(node.child("Heading")))
