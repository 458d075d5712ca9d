"""What the portal asks the local provider for, and variations on it."""

import hashlib
import re

from access.authentication import (
    ASSERTION_TYPE,
    base64url,
    client_assertion,
    dpop_proof,
    provider_of,
)
from tests.portal.accounts.browser import ask, query_of

ISSUER = "http://login.localhost:8001/helseid"
RETURN_TO = "http://helsepersonell.localhost:8000/innlogging/helseid/tilbake/"
VERIFIER = "v" * 43
CHALLENGE = base64url(hashlib.sha256(VERIFIER.encode()).digest())
GOOD = {
    "client_id": "provesvar-helseid",
    "redirect_uri": RETURN_TO,
    "response_type": "code",
    "scope": "openid offline_access provesvar:portal",
    "state": "s",
    "nonce": "n",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


def post(provider, endpoint, form, *, proof=None, client=None, details=()):
    """Ask as the portal does, or as another `client`; twice when a nonce is wanted."""
    client = client or provider_of("helseid")
    issuer = client.issuer

    def once(nonce):
        sent = {
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": client_assertion(client, details=details),
            **form,
        }
        url = f"{issuer}/{endpoint}"
        made = dpop_proof(client.client_key, method="POST", url=url, nonce=nonce)
        headers = {"DPoP": made if proof is None else proof}
        return ask(provider, "POST", url, data=sent, headers=headers)

    answer = once("")
    is_wanted = proof is None and answer.json().get("error") == "use_dpop_nonce"
    return once(answer.headers["DPoP-Nonce"]) if is_wanted else answer


def push(provider, **changed):
    """What the portal asks for, with something `changed` or (None) left out."""
    asked = {k: v for k, v in {**GOOD, **changed}.items() if v is not None}
    return post(provider, "par", asked)


def authorize(provider, **changed):
    """The page where one chooses, or what one gets instead."""
    request_uri = push(provider, **changed).json()["request_uri"]
    client_id = GOOD["client_id"]
    query = f"client_id={client_id}&request_uri={request_uri}"
    return ask(provider, "GET", f"{ISSUER}/authorize?{query}")


def a_code(provider, **changed) -> str:
    page = authorize(provider, **changed).text
    link = re.search(r'href="(/[^"]+/ola)"', page)[1]
    return query_of(ask(provider, "GET", link).headers["Location"])["code"]


def redeem(provider, code, *, proof=None, details=(), **changed):
    """What the portal sends for a code, with something `changed`."""
    form = {
        "grant_type": "authorization_code",
        "client_id": "provesvar-helseid",
        "code": code,
        "redirect_uri": RETURN_TO,
        "code_verifier": VERIFIER,
        **changed,
    }
    return post(provider, "token", form, proof=proof, details=details)


def renew(provider, refresh_token, *, details=(), **changed):
    """What the portal sends for a refresh token."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token, **changed}
    return post(provider, "token", form, details=details)
