"""The claims of HelseID and ID-porten by name, and how their values are read."""

import json
import re
from collections.abc import Mapping
from typing import Any

from results.identity import IdentityNumber, parse

CLAIM_NUMBER = "helseid://claims/identity/pid"
CLAIM_SECURITY_LEVEL = "helseid://claims/identity/security_level"
CLAIM_HPR_NUMBER = "helseid://claims/hpr/hpr_number"
CLAIM_HPR_DETAILS = "helseid://claims/hpr/hpr_details"
# The legal entity, and the place of treatment below it («behandlingssted»).
CLAIM_ORGANIZATION = "helseid://claims/client/claims/orgnr_parent"
CLAIM_POINT_OF_CARE = "helseid://claims/client/claims/orgnr_child"
ATTESTATION_CLAIM = "nhn:tillitsrammeverk:parameters"
_LEVELS = frozenset({"2", "3", "4"})
_PROFESSION = re.compile(r"[A-Z][A-Z0-9]{1,2}")


def claimed_text(claims: Mapping[str, Any], name: str) -> str:
    """The claim's text; empty where there is none, or something else than text."""
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def claimed_level(text: str) -> int:
    """2, 3 or 4; 0 for everything else, which is too low for anything."""
    return int(text) if text in _LEVELS else 0


def claimed_number(
    claims: Mapping[str, Any], *, allow_test_numbers: bool
) -> IdentityNumber | None:
    """The person's number; None when the claim is absent. Raises
    InvalidIdentityNumber."""
    if CLAIM_NUMBER not in claims:
        return None
    text = claimed_text(claims, CLAIM_NUMBER)
    return parse(text, allow_test_numbers=allow_test_numbers)


def claimed_professions(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """Codes (Volven 9060) of what the person is authorised as today, in order.

    From `hpr_details`: `{"approvals": [{"profession": "LE", "authorization": {"value":
    "1"}}]}`, an object or its text. HelseID need not send it. An approval without an
    authorisation does not count (Volven 7704: 1 is «autorisasjon»).
    """
    details = _opened(claims.get(CLAIM_HPR_DETAILS))
    approvals = details.get("approvals") if isinstance(details, dict) else None
    found: list[str] = []
    for approval in approvals if isinstance(approvals, list) else []:
        profession = _authorised_as(approval)
        if profession and profession not in found:
            found.append(profession)
    return tuple(found)


def _opened(details: object) -> object:
    if not isinstance(details, str):
        return details
    try:
        return json.loads(details)
    except (ValueError, RecursionError):
        return None


def _authorised_as(approval: object) -> str:
    if not isinstance(approval, dict):
        return ""
    authorization = approval.get("authorization")
    value = authorization.get("value") if isinstance(authorization, dict) else None
    profession = approval.get("profession")
    if value != "1" or not isinstance(profession, str):
        return ""
    return profession if _PROFESSION.fullmatch(profession) else ""
