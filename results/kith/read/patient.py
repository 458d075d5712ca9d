"""The person the report is about, and what the requester told of them."""

from collections.abc import Iterator

from results.kith.read import markup, values
from results.kith.read.notes import Notes
from results.kith.xml import Node
from results.parsed import ParsedComment, ParsedPatient
from results.vocabulary import Sex

# Volven 3101; 0 and 9 say only that nobody said.
_SEX = {"1": Sex.MALE, "2": Sex.FEMALE}


def patient(node: Node, notes: Notes) -> ParsedPatient:
    return ParsedPatient(
        identity_number=node.text("OffId"),
        identity_type=node.code("TypeOffId"),
        name=node.text("Name"),
        birth_date=values.moment(node, "DateOfBirth", notes),
        sex=_SEX.get(node.code("Sex") or "", Sex.UNKNOWN),
    )


def clinical_information(node: Node, notes: Notes) -> tuple[ParsedComment, ...]:
    """`InfItem`: symptoms, pregnancy, previous treatment … (Volven 8233)."""
    return tuple(
        ParsedComment(text, values.coding(item.child("Type")))
        for item in node.children("InfItem")
        if (text := " · ".join(_told(item, notes)))
    )


def _told(item: Node, notes: Notes) -> Iterator[str]:
    for observation in item.children("Observation"):
        if coded := values.coding(observation.child("CodedDescr")):
            yield coded.text or ""
        description = observation.child("Description")
        if description and (text := markup.as_text(description)):
            yield text
        if comment := observation.text("Comment"):
            yield comment
    # The date is the information where the item is a last menstruation or a due date.
    if start := values.moment(item, "StartDateTime", notes):
        yield start.date.strftime("%d.%m.%Y") if start.date else start.as_sent
