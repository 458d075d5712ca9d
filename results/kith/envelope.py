"""Which element of what came in is the svarrapport, and in which version."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from results.kith import xml
from results.kith.names import REPORT_VERSIONS, ReportVersion
from results.kith.screening import UnreadableMessage
from results.kith.xml import Node
from results.parsed import MessageFault

_WRAPPERS = frozenset({"MsgHead", "EI_fellesformat"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """`message` is the svarrapport's root, or whatever root came when `fault` (T10)
    says that it is no svarrapport we read. `reports` are its ServReports. A salvaged
    one came in badly formed XML, and is for the receipt alone."""

    message: Node
    reports: Sequence[Node]
    version: ReportVersion | None = None
    fault: MessageFault | None = None
    is_wrapped: bool = False
    is_salvaged: bool = False

    @property
    def service_provider(self) -> Node | None:
        """The sender; looked for at any depth, for badly formed XML puts it astray."""
        for report in self.reports:
            if found := report.child("ServProvider"):
                return found
        name = "ServProvider"
        return next(self.message.descendants(self.message.namespace, name), None)


def open_envelope(content: bytes) -> Envelope:
    """The svarrapport in the bytes. Raises UnreadableMessage (T01)."""
    return _unwrap(xml.parse(content))


def salvage_envelope(content: bytes) -> Envelope | None:
    """The same out of badly formed XML, when a svarrapport can be made out at all."""
    root = xml.recover(content)
    return replace(_unwrap(root), is_salvaged=True) if root else None


def open_or_salvage(content: bytes) -> tuple[Envelope | None, MessageFault | None]:
    """The svarrapport in the bytes, or what badly formed XML lets one make out of it,
    then with the ground (T01). Never raises for anything a sender may send."""
    try:
        return open_envelope(content), None
    except UnreadableMessage as error:
        return salvage_envelope(content), error.fault


def _unwrap(root: Node) -> Envelope:
    if root.name in _WRAPPERS:
        return _unwrap_carried(root)
    if root.name != "Message":
        return _not_supported(root, "Meldingen er ikke en svarrapport.")
    version = REPORT_VERSIONS.get(root.namespace)
    if version is None:
        return _not_supported(
            root, "Meldingen er ikke svarrapport 1.4, 1.3 eller 1.2 (navnerommet)."
        )
    return Envelope(root, _reports(root), version)


def _unwrap_carried(root: Node) -> Envelope:
    """A svarrapport is its own root (HITS 1168); a wrapped one is a producer's slip
    that is let pass as long as it is one (dialect A17)."""
    carried = [
        Envelope(message, _reports(message), version, is_wrapped=True)
        for namespace, version in REPORT_VERSIONS.items()
        for message in root.descendants(namespace, "Message")
    ]
    if len(carried) == 1:
        return carried[0]
    return _not_supported(root, "Hodemeldingen inneholder ikke én svarrapport.")


def _not_supported(root: Node, text: str) -> Envelope:
    return Envelope(root, _reports(root), fault=MessageFault("T10", text))


def _reports(message: Node) -> Sequence[Node]:
    return message.children("ServReport")
