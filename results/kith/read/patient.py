"""The person the report is about, and what the requester told of them."""

from collections.abc import Iterator

from results.kith.read import markup, values
from results.kith.read.notes import Notes
from results.kith.read.parties import additional_ids
from results.kith.xml import Node
from results.parsed import (
    ParsedAdmission,
    ParsedComment,
    ParsedMoment,
    ParsedPatient,
)
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
        death_date=values.moment(node, "DateOfDeath", notes),
        other_identifiers=tuple(additional_ids(node, notes)),
    )


def admission(node: Node, notes: Notes) -> ParsedAdmission | None:
    """The hospital stay; its contact type is `contact_type`'s to tell."""
    stay = node.child("AdmLocation")
    if stay is None:
        return None
    found = ParsedAdmission(
        started_at=values.moment(stay, "StartDateTime", notes),
        ended_at=values.moment(stay, "EndDateTime", notes),
        place=_place(stay.child("Location")),
    )
    return found if found != ParsedAdmission() else None


def contact_type(node: Node) -> str | None:
    """Volven 8240: admitted, day treatment, outpatient …"""
    stay = node.child("AdmLocation")
    return stay.code("AdmCat") if stay else None


def _place(location: Node | None) -> str | None:
    if location is None:
        return None
    inst = location.child("Inst")
    units = [inst, *inst.children("Dept")] if inst else []
    parts = [unit.text("Name") for unit in units]
    parts.append(location.text("Description"))
    for part in location.children("SubLocation"):
        kind, name = values.coding(part.child("Type")), part.text("Place")
        if name:
            parts.append(f"{(kind and kind.display) or ''} {name}".strip())
    return ", ".join(filter(None, parts)) or None


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
    start = values.moment(item, "StartDateTime", notes)
    end = values.moment(item, "EndDateTime", notes)
    if dates := [_day(moment) for moment in (start, end) if moment]:
        yield " – ".join(dates)


def _day(moment: ParsedMoment) -> str:
    return moment.date.strftime("%d.%m.%Y") if moment.date else moment.as_sent
