"""CapabilityStatement: what this service really does over FHIR, and no more."""

from typing import Any

from results.fhir import names
from results.kith.names import SOFTWARE_NAME, SOFTWARE_VERSION

_DATE = "2026-11-24"
_SECURITY = (
    "Tilgangsbevis fra HelseID, bundet til klientens nøkkel med DPoP (RFC 9449)."
    " Omfang (scope): {}."
)
_BUNDLE = (
    "Ett prøvesvar: et dokument (HL7 Europe Laboratory Report), eller en collection med"
    " én DiagnosticReport og det den viser til. XML tas ikke imot."
)
_TRANSACTION = (
    "Ett eller flere prøvesvar: DiagnosticReport med Observation, Specimen,"
    " ServiceRequest, Patient og parter, også i NILARs form. Alt eller ingenting."
)


def capability_statement(base: str, *, scope: str) -> dict[str, Any]:
    """The statement for the service at `base`, whose senders need `scope`."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": _DATE,
        "kind": "instance",
        "software": {"name": SOFTWARE_NAME, "version": SOFTWARE_VERSION},
        "implementation": {"description": "Mottak av prøvesvar", "url": base},
        "fhirVersion": names.FHIR_VERSION,
        "format": [names.FHIR_JSON],
        "rest": [
            {
                "mode": "server",
                "documentation": _TRANSACTION,
                "security": {"cors": False, "description": _SECURITY.format(scope)},
                "resource": [
                    {
                        "type": "Bundle",
                        "documentation": _BUNDLE,
                        "interaction": [{"code": "create"}],
                    },
                    {
                        "type": "OperationOutcome",
                        "documentation": "Hva det ble av en melding dere har sendt.",
                        "interaction": [{"code": "read"}],
                    },
                ],
                "interaction": [{"code": "transaction"}],
            }
        ],
    }
