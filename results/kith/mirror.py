"""A party of a message repeated in its receipt: names and every id, even when wrong.

The schema of AppRec has another order than the report's (dialect F10), demands what
the report may lack and refuses stray text; beyond that nothing is changed (HITS 1168).
"""

import re

from results.kith import xml
from results.kith.xml import Element, Node

CODE = ("V", "DN")
CODED_VALUE = ("V", "S", "DN", "OT")

_OID = re.compile(r"\d+(?:\.\d+)*", re.ASCII)
# Narrower than xs:anyURI, which validators do not agree on; takes in every tel: and
# mailto: address.
_ADDRESS = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?!//)(?:[^:#\[\]%]|%[0-9A-Fa-f]{2})*"
)


def mirror(parent: Element, party: Node | None) -> None:
    """HCP as it came, in the order of AppRec: ids before persons (dialect F10)."""
    source = party and party.child("HCP")
    hcp = xml.add(parent, "HCP")
    inst, professional = (
        (source.child("Inst"), source.child("HCProf")) if source else (None, None)
    )
    if professional and not inst:
        _add_unit(hcp, professional, with_type=True)
    else:
        _add_inst(hcp, inst)
    if source:
        if speciality := source.child("MedSpeciality"):
            copy_code(xml.add(hcp, "MedSpeciality"), speciality, CODED_VALUE)
        _add_address(hcp, source.child("Address"))


def _add_inst(hcp: Element, source: Node | None) -> None:
    inst = xml.add(hcp, "Inst")
    if source is None:
        return
    _add_names(inst, source)
    for department in source.children("Dept"):
        _add_unit(inst, department, with_type=True)
    _add_other_ids(inst, source)
    for person in source.children("HCPerson"):
        _add_unit(inst, person, with_type=False)


def _add_unit(parent: Element, source: Node, *, with_type: bool) -> None:
    """A department, a person in an institution, or a professional on their own."""
    unit = xml.add(parent, source.name)
    if with_type:
        _add_code(unit, source, "Type")
    _add_names(unit, source)
    _add_other_ids(unit, source)


def _add_names(target: Element, source: Node) -> None:
    _add_text(target, source, "Name")
    _add_text(target, source, "Id")
    _add_code(target, source, "TypeId")


def _add_other_ids(target: Element, source: Node) -> None:
    for other in source.children("AdditionalId"):
        if other.text("Id"):
            copied = xml.add(target, "AdditionalId")
            _add_text(copied, other, "Id")
            copy_code(xml.add(copied, "Type"), other.child("Type"))


def _add_address(hcp: Element, source: Node | None) -> None:
    if source is None:
        return
    address = xml.add(hcp, "Address")
    copy_code(xml.add(address, "Type"), source.child("Type"))
    for name in ("StreetAdr", "PostalCode", "City"):
        _add_text(address, source, name)
    for name in ("County", "Country", "CityDistr"):
        _add_code(address, source, name)
    for telecom in source.children("TeleAddress"):
        value = telecom.attribute("V")
        if value and _ADDRESS.fullmatch(value):
            xml.add(address, "TeleAddress", V=value)


def copy_code(
    target: Element, source: Node | None, names: tuple[str, ...] = CODE
) -> None:
    """The attributes of a CS or CV; text inside it is nobody's (dialect A11)."""
    for name in names:
        value = source.attribute(name) if source else None
        if value and (name != "S" or _OID.fullmatch(value)):
            xml.put(target, name, value)


def _add_code(target: Element, source: Node, name: str) -> None:
    if coded := source.child(name):
        copy_code(xml.add(target, name), coded)


def _add_text(target: Element, source: Node, name: str) -> None:
    if source.child(name):
        xml.add(target, name, source.text(name) or "")
