"""Who somebody is: login through HelseID and ID-porten, and tokens for the API."""

from access.authentication.assertions import (
    ASSERTION_TYPE,
    client_assertion,
    public_key_of,
)
from access.authentication.attestation_model import unknown_keys
from access.authentication.attestations import Fault, Known, faults_in
from access.authentication.backends import (
    REQUIRED_LEVEL,
    Demands,
    HelseIDBackend,
    IDPortenBackend,
    Login,
    ProviderMixin,
)
from access.authentication.claims import (
    ATTESTATION_CLAIM,
    CLAIM_HPR_DETAILS,
    CLAIM_HPR_NUMBER,
    CLAIM_NUMBER,
    CLAIM_ORGANIZATION,
    CLAIM_POINT_OF_CARE,
    CLAIM_SECURITY_LEVEL,
    claimed_level,
    claimed_number,
    claimed_professions,
    claimed_text,
)
from access.authentication.dpop import dpop_proof, thumbprint_of
from access.authentication.endings import Ending, drop_refresh_token, ending_of
from access.authentication.exchange import push_request
from access.authentication.logout_tokens import LoginEnded, take_logout_token
from access.authentication.organizations import ActingFor, organization_details
from access.authentication.proofs import ProofsUnavailable, use_proof_once
from access.authentication.providers import Provider, provider_of
from access.authentication.refusals import LoginRefused, Refusal
from access.authentication.renewal import may_renew, renew_login
from access.authentication.sessions import is_fresh, keep_login
from access.authentication.thumbprints import base64url, thumbprint
from access.authentication.tokens import verify_access_token

__all__ = [
    "ASSERTION_TYPE",
    "ATTESTATION_CLAIM",
    "CLAIM_HPR_DETAILS",
    "CLAIM_HPR_NUMBER",
    "CLAIM_NUMBER",
    "CLAIM_ORGANIZATION",
    "CLAIM_POINT_OF_CARE",
    "CLAIM_SECURITY_LEVEL",
    "REQUIRED_LEVEL",
    "ActingFor",
    "Demands",
    "Ending",
    "Fault",
    "HelseIDBackend",
    "IDPortenBackend",
    "Known",
    "Login",
    "LoginEnded",
    "LoginRefused",
    "ProofsUnavailable",
    "Provider",
    "ProviderMixin",
    "Refusal",
    "base64url",
    "claimed_level",
    "claimed_number",
    "claimed_professions",
    "claimed_text",
    "client_assertion",
    "dpop_proof",
    "drop_refresh_token",
    "ending_of",
    "faults_in",
    "is_fresh",
    "keep_login",
    "may_renew",
    "organization_details",
    "provider_of",
    "public_key_of",
    "push_request",
    "renew_login",
    "take_logout_token",
    "thumbprint",
    "thumbprint_of",
    "unknown_keys",
    "use_proof_once",
    "verify_access_token",
]
