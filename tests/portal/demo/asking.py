"""What the portal asks the local provider for, and variations on it."""

import hashlib
import re

from access.authentication import (
    ASSERTION_TYPE,
    base64url,
    client_assertion,
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
    "scope": "openid",
    "state": "s",
    "nonce": "n",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


def authorize(provider, **changed):
    """What the portal asks for, with something `changed` or (None) left out."""
    asked = {k: v for k, v in {**GOOD, **changed}.items() if v is not None}
    query = "&".join(f"{k}={v}" for k, v in asked.items())
    return ask(provider, "GET", f"{ISSUER}/authorize?{query}")


def a_code(provider) -> str:
    page = authorize(provider).text
    link = re.search(r'href="(/[^"]+/ola)"', page)[1]
    return query_of(ask(provider, "GET", link).headers["Location"])["code"]


def redeem(provider, code, **changed):
    """What the portal sends for a code, with something `changed`."""
    form = {
        "grant_type": "authorization_code",
        "client_id": "provesvar-helseid",
        "code": code,
        "redirect_uri": RETURN_TO,
        "code_verifier": VERIFIER,
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": client_assertion(provider_of("helseid")),
        **changed,
    }
    return ask(provider, "POST", f"{ISSUER}/token", data=form)
