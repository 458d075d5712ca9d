"""Writes who sent, who asked and who answers for a report: the HCP block."""

from portal.demo.generator.drafts import Contact
from portal.demo.generator.writer import wording
from portal.demo.generator.writer.markup import coded, element, text, value


def related(name: str, contact: Contact | None) -> str:
    """A party with its relation (REK, AHP, ARP …), or nothing."""
    if contact is None:
        return ""
    relation = coded("Relation", contact.relation, wording.RELATION)
    return element(name, relation, party(contact))


def party(contact: Contact) -> str:
    """The HCP block: an institution, or a person who stands alone."""
    who = _institution(contact) if contact.organization else _professional(contact)
    return element("HCP", who, _address(contact.phone))


def _institution(contact: Contact) -> str:
    return element(
        "Inst",
        text("Name", contact.organization),
        _identified(contact.her_id, "HER", "HER-id"),
        _department(contact),
        _person(contact),
        _organization_number(contact.organization_number),
    )


def _department(contact: Contact) -> str:
    return element(
        "Dept",
        text("Name", contact.department),
        _identified(contact.department_her_id, "HER", "HER-id"),
    )


def _person(contact: Contact) -> str:
    return element(
        "HCPerson",
        text("Name", contact.person),
        _identified(contact.hpr_number, "HPR", "HPR-nummer"),
    )


def _organization_number(number: str) -> str:
    if not number:
        return ""
    kind = value("Type", "ENH", DN="Organisasjonsnummeret i Enhetsregisteret")
    return element("AdditionalId", text("Id", number), kind)


def _professional(contact: Contact) -> str:
    return element(
        "HCProf",
        coded("Type", contact.profession, wording.PROFESSION),
        text("Name", contact.person),
        _identified(contact.hpr_number, "HPR", "HPR-nummer"),
    )


def _identified(identifier: str, kind: str, words: str) -> str:
    if not identifier:
        return ""
    return text("Id", identifier) + value("TypeId", kind, DN=words)


def _address(phone: str) -> str:
    if not phone:
        return ""
    kind = value("Type", "WP", DN="Arbeidsadresse")
    return element("Address", kind, value("TeleAddress", f"tel:{phone}"))
