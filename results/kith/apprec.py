"""Application receipts (HIS 80415): AppRec 1.1 to svarrapport 1.4, 1.0 to the older.

The original's sender is mirrored whole, names and every id, even when wrong
(HITS 1168); only what the schema forbids is put right or left out.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from results.kith import moments, xml
from results.kith.envelope import Envelope, open_or_salvage
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

_LONGEST_KEPT = 8_000
_STATUS_NAMES = {1: "OK", 2: "Avvist"}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Our own organisation: who signs a receipt when no recipient named is ours."""

    name: str
    her_id: str
    organization_number: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What we say of a message. `status` is Volven 8258: 1 taken over, 2 refused (then
    with faults)."""

    status: int
    faults: tuple[MessageFault, ...]
    recipient: Recipient
    generated_at: datetime.datetime


# A role of ours, and the party of the message that has it.
_Signer: TypeAlias = tuple[tuple[str, str], Node | None]


def write(
    content: bytes,
    *,
    status: int,
    faults: Sequence[MessageFault],
    recipient: Recipient,
    apprec_id: str,
    generated_at: datetime.datetime,
) -> bytes | None:
    """The receipt to a message, as UTF-8 XML; None when there is none to give.

    As `answer` for a message that is not opened yet, from the first recipient of ours.
    """
    envelope, _ = open_or_salvage(content)
    stamp = Stamp(status, tuple(faults), recipient, generated_at)
    ids = iter([apprec_id])
    return next(answer(envelope, stamp, new_id=lambda: next(ids)), None)


def answer(
    envelope: Envelope | None, stamp: Stamp, *, new_id: Callable[[], str]
) -> Iterator[bytes]:
    """The receipts to an opened message: one from each recipient that is ours, the
    primary before copies, else one from our own organisation (HITS 1168).

    None when the bytes hold no message that can be answered. Without a ServProvider a
    receipt is made all the same, its Receiver an empty Inst, and cannot be addressed.
    """
    if envelope is None or not _is_answerable(envelope):
        return
    version = envelope.version.receipt if envelope.version else APPREC_1_1
    ours = list(_own_recipients(envelope, stamp.recipient, version))
    for role, party in ours or [(COPY_ROLE, None)]:
        yield _receipt(envelope, stamp, (role, party), new_id())


def _receipt(
    envelope: Envelope, stamp: Stamp, signer: _Signer, apprec_id: str
) -> bytes:
    version = envelope.version.receipt if envelope.version else APPREC_1_1
    now = stamp.generated_at.astimezone(moments.NORWAY).isoformat(timespec="seconds")
    root = xml.start(version.namespace, "AppRec")
    xml.add(root, "MsgType", V="APPREC", DN="Applikasjonskvittering")
    xml.add(root, "MIGversion", version.mig_version)
    xml.add(root, "SoftwareName", SOFTWARE_NAME)
    xml.add(root, "SoftwareVersion", SOFTWARE_VERSION)
    xml.add(root, "GenDate", now)
    xml.add(root, "Id", apprec_id)
    _add_sender(root, version, signer, stamp.recipient)
    _add_receiver(root, version, envelope)
    xml.add(root, "Status", V=str(stamp.status), DN=_STATUS_NAMES.get(stamp.status, ""))
    for fault in stamp.faults:
        _add_error(root, fault)
    _add_original(root, envelope, now)
    return xml.to_bytes(root)


def _is_answerable(envelope: Envelope) -> bool:
    """Of a message in a version we do not know, enough must look like a report that
    its sender can be told; a receipt is never acknowledged."""
    if envelope.version:
        return True
    return envelope.message.name == "Message" and bool(envelope.reports)


def _own_recipients(
    envelope: Envelope, ours: Recipient, version: ReceiptVersion
) -> Iterator[_Signer]:
    for report in envelope.reports:
        for requester in report.children("Requester"):
            if _is_ours(requester, ours):
                yield version.primary_role, requester
        for copy in report.children("CopyDest"):
            if _is_ours(copy, ours):
                yield COPY_ROLE, copy


def _add_sender(
    root: Element, version: ReceiptVersion, signer: _Signer, ours: Recipient
) -> None:
    """A recipient that is us, as the message had it, else our own setting."""
    role, party = signer
    own = None if party else ours
    _add_party(root, _Role(version.namespace, "Sender", role), party, own)


def _add_receiver(root: Element, version: ReceiptVersion, envelope: Envelope) -> None:
    role = _Role(version.namespace, "Receiver", version.receiver_role)
    _add_party(root, role, envelope.service_provider, None)


class _Role(NamedTuple):
    """Which of the two elements of a receipt, and the code of its role."""

    namespace: str
    element: str
    code: tuple[str, str]


def _add_party(
    root: Element, role: _Role, party: Node | None, own: Recipient | None
) -> None:
    """The same laboratories write again and again, so their part is made once."""
    sent = party.serialized() if party else b""
    try:
        is_kept = len(sent) <= _LONGEST_KEPT
        made = _kept_party(role, sent, own) if is_kept else _party(role, party, own)
    except UnreadableMessage:  # made out of bad XML, it does not stand by itself
        made = _party(role, party, own)
    xml.append_copy(root, made)


@lru_cache(maxsize=1024)
def _kept_party(role: _Role, sent: bytes, own: Recipient | None) -> Element:
    return _party(role, xml.parse(sent) if sent else None, own)


def _party(role: _Role, party: Node | None, own: Recipient | None) -> Element:
    made = xml.start(role.namespace, role.element)
    _add_role(made, role.code)
    if own:
        _add_own(made, own)
    else:
        mirror(made, party)
    return made


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
