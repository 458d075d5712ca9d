"""What an EHR system of the demonstration attests (Tillitsrammeverk 1.1)."""

import secrets
from typing import Any

from portal.demo.people import Persona

_VOLVEN = "urn:oid:2.16.578.1.12.4.1"
_ENTITY = f"{_VOLVEN}.4.101"
_GENERAL_PRACTICE = {"code": "KX17", "system": f"{_VOLVEN}.1.8655"}
_TREATMENT = {"code": "TREAT", "system": "urn:oid:2.16.840.1.113883.1.11.20448"}


def attested_for(persona: Persona) -> dict[str, Any]:
    """Why the persona looks, from where and as what; HelseID adds who they are, and
    when. The patient goes to the service itself, as NHN's clients do it."""
    entity = {
        "id": persona.organization_number,
        "system": _ENTITY,
        "authority": "https://www.brreg.no",
    }
    return {
        "type": "nhn:tillitsrammeverk:parameters",
        "practitioner": {
            "authorization": {"code": persona.role_code, "system": f"{_VOLVEN}.1.9060"},
            "legal_entity": entity,
            "point_of_care": entity,
        },
        "care_relationship": {
            "healthcare_service": _GENERAL_PRACTICE,
            "purpose_of_use": _TREATMENT,
            "decision_ref": {"id": secrets.token_urlsafe(9), "user_selected": True},
        },
        "patients": [],
    }
