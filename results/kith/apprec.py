"""Application receipts (HIS 80415): AppRec 1.1 to svarrapport 1.4, 1.0 to the older.

The original's sender is mirrored whole, names and every id, even when wrong
(HITS 1168); only what the schema forbids is put right or left out.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from results.kith import moments, xml
from results.kith.envelope import Envelope, open_envelope, salvage_envelope
from results.kith.mirror import copy_code, mirror
from results.kith.names import (
    APPREC_1_1,
    COPY_ROLE,
    ERROR_CODES_OID,
    ERROR_NAMES,
    SOFTWARE_NAME,
    SOFTWARE_VERSION,
    ReceiptVersion,
)
from results.kith.screening import UnreadableMessage
from results.kith.xml import Element, Node
from results.parsed import MessageFault

_STATUS_NAMES = {1: "OK", 2: "Avvist"}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Our own organisation: who signs a receipt when no recipient named is ours."""

    name: str
    her_id: str
    organization_number: str


def write(
    content: bytes,
    *,
    status: int,
    faults: Sequence[MessageFault],
    recipient: Recipient,
    apprec_id: str,
    generated_at: datetime.datetime,
) -> bytes | None:
    """The receipt to a message, as UTF-8 XML.

    `status` is Volven 8258: 1 taken over, 2 refused (then with faults). None when the
    bytes hold no message that can be answered. Without a ServProvider the receipt is
    made all the same, its Receiver an empty Inst, and cannot be addressed.
    """
    envelope = _envelope(content)
    if envelope is None or not _is_answerable(envelope):
        return None
    version = envelope.version.receipt if envelope.version else APPREC_1_1
    now = generated_at.astimezone(moments.NORWAY).isoformat(timespec="seconds")
    root = xml.start(version.namespace, "AppRec")
    xml.add(root, "MsgType", V="APPREC", DN="Applikasjonskvittering")
    xml.add(root, "MIGversion", version.mig_version)
    xml.add(root, "SoftwareName", SOFTWARE_NAME)
    xml.add(root, "SoftwareVersion", SOFTWARE_VERSION)
    xml.add(root, "GenDate", now)
    xml.add(root, "Id", apprec_id)
    _add_sender(root, version, envelope, recipient)
    _add_receiver(root, version, envelope)
    xml.add(root, "Status", V=str(status), DN=_STATUS_NAMES.get(status, ""))
    for fault in faults:
        _add_error(root, fault)
    _add_original(root, envelope, now)
    return xml.to_bytes(root)


def _envelope(content: bytes) -> Envelope | None:
    try:
        return open_envelope(content)
    except UnreadableMessage:
        return salvage_envelope(content)


def _is_answerable(envelope: Envelope) -> bool:
    """Of a message in a version we do not know, enough must look like a report that
    its sender can be told; a receipt is never acknowledged."""
    if envelope.version:
        return True
    return envelope.message.name == "Message" and bool(envelope.reports)


def _add_sender(
    root: Element, version: ReceiptVersion, envelope: Envelope, ours: Recipient
) -> None:
    """The recipient that is us: the primary one, a copy's, else our own setting."""
    sender = xml.add(root, "Sender")
    for report in envelope.reports:
        for requester in report.children("Requester"):
            if _is_ours(requester, ours):
                _add_role(sender, version.primary_role)
                mirror(sender, requester)
                return
        for copy in report.children("CopyDest"):
            if _is_ours(copy, ours):
                _add_role(sender, COPY_ROLE)
                mirror(sender, copy)
                return
    _add_role(sender, COPY_ROLE)
    _add_own(sender, ours)


def _add_receiver(root: Element, version: ReceiptVersion, envelope: Envelope) -> None:
    receiver = xml.add(root, "Receiver")
    _add_role(receiver, version.receiver_role)
    mirror(receiver, envelope.service_provider)


def _add_role(parent: Element, role: tuple[str, str]) -> None:
    code, name = role
    xml.add(parent, "Role", V=code, DN=name)


def _add_own(parent: Element, ours: Recipient) -> None:
    inst = xml.add(xml.add(parent, "HCP"), "Inst")
    xml.add(inst, "Name", ours.name)
    identifiers = [("HER", ours.her_id), ("ENH", ours.organization_number)]
    for position, (kind, value) in enumerate((k, v) for k, v in identifiers if v):
        if position == 0:
            xml.add(inst, "Id", value)
            xml.add(inst, "TypeId", V=kind)
        else:
            other = xml.add(inst, "AdditionalId")
            xml.add(other, "Id", value)
            xml.add(other, "Type", V=kind)


def _is_ours(party: Node, ours: Recipient) -> bool:
    """Whether any id on either level is our HER-id or organisation number."""
    mine = {("HER", ours.her_id), ("ENH", ours.organization_number)}
    return any(value and (kind, value) in mine for kind, value in _identifiers(party))


def _identifiers(node: Node) -> list[tuple[str | None, str | None]]:
    found = [(node.code("TypeId"), node.text("Id"))]
    found += [(i.code("Type"), i.text("Id")) for i in node.children("AdditionalId")]
    for name in ("HCP", "Inst", "Dept", "HCPerson", "HCProf"):
        for child in node.children(name):
            found += _identifiers(child)
    return found


def _add_error(root: Element, fault: MessageFault) -> None:
    xml.add(
        root,
        "Error",
        V=fault.code,
        S=ERROR_CODES_OID,
        DN=ERROR_NAMES.get(fault.code, ""),
        OT=fault.text,
    )


def _add_original(root: Element, envelope: Envelope, now: str) -> None:
    """Which message this answers: by MsgId, to the older versions by ServProvId."""
    message = envelope.message
    original = xml.add(root, "OriginalMsgId")
    copy_code(xml.add(original, "MsgType"), message.child("Type"))
    sent_at = moments.as_date_time(message.code("GenDate"))
    xml.add(original, "IssueDate", sent_at or now)
    report_id = next((r.text("ServProvId") for r in envelope.reports), None)
    by_report = bool(envelope.version and envelope.version.is_acknowledged_by_report_id)
    message_id = message.text("MsgId") or ""
    xml.add(original, "Id", (report_id if by_report else None) or message_id)
