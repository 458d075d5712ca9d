"""What a message says, whatever format it came in; nothing here is stored yet.

Readers (`results.kith`, `results.fhir`) produce a `ParsedMessage`; `results.operations`
stores it. Text is kept as sent apart from surrounding blanks. Code values are stripped.
`None` means the sender did not say.
"""

from results.parsed.message import (
    MessageFault,
    ParsedMessage,
)
from results.parsed.parties import (
    ParsedParty,
    ParsedPatient,
    ParsedPerson,
    ParsedRecipient,
    ParsedUnit,
)
from results.parsed.report import (
    ParsedAdmission,
    ParsedAttachment,
    ParsedObservation,
    ParsedReport,
    ParsedServiceRequest,
    ParsedSpecimen,
)
from results.parsed.values import (
    ParsedCoding,
    ParsedComment,
    ParsedIdentifier,
    ParsedMoment,
    ParsedQuantity,
)

__all__ = [
    "MessageFault",
    "ParsedAdmission",
    "ParsedAttachment",
    "ParsedCoding",
    "ParsedComment",
    "ParsedIdentifier",
    "ParsedMessage",
    "ParsedMoment",
    "ParsedObservation",
    "ParsedParty",
    "ParsedPatient",
    "ParsedPerson",
    "ParsedQuantity",
    "ParsedRecipient",
    "ParsedReport",
    "ParsedServiceRequest",
    "ParsedSpecimen",
    "ParsedUnit",
]
