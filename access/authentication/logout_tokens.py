"""A provider's word that a login is over (OpenID Connect Back-Channel Logout 1.0)."""

import datetime
import time
from dataclasses import dataclass
from typing import Any

from access.authentication.claims import claimed_text
from access.authentication.proofs import use_once
from access.authentication.providers import Provider
from access.authentication.refusals import LoginRefused, Refusal
from access.authentication.tokens import LEEWAY_SECONDS, verify_logout_claims

_EVENT = "http://schemas.openid.net/event/backchannel-logout"
# The standard advises two minutes; a token that claims to live longer gets this much.
_OLDEST = datetime.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class LoginEnded:
    """Whose login is over: the session of this name, or all of the subject's when
    there is no such name."""

    issuer: str
    subject: str = ""
    session_id: str = ""


def take_logout_token(token: object, *, provider: Provider) -> LoginEnded:
    """What the token says, once (§2.6). Raises LoginRefused, and ProofsUnavailable when
    nobody can tell whether it was used before."""
    claims = verify_logout_claims(token, provider=provider)
    if "nonce" in claims:
        # Or an ID token, which anybody at the keyboard can get, would end a login.
        raise LoginRefused(Refusal.TOKEN_NONCE)
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(_EVENT), dict):
        raise LoginRefused(Refusal.TOKEN_EVENT)
    ended = _ended(claims, provider)
    oldest = time.time() - _OLDEST.total_seconds() - LEEWAY_SECONDS
    if claims["iat"] < oldest:
        raise LoginRefused(Refusal.TOKEN_EXPIRED)
    name = f"logout {provider.issuer} {claims['jti']}"
    if not use_once(name, remembered=2 * _OLDEST):
        raise LoginRefused(Refusal.TOKEN_USED)
    return ended


def _ended(claims: dict[str, Any], provider: Provider) -> LoginEnded:
    for name in ("sub", "sid"):
        if name in claims and not claimed_text(claims, name):
            raise LoginRefused(Refusal.TOKEN_INVALID)
    ended = LoginEnded(
        issuer=provider.issuer,
        subject=claimed_text(claims, "sub"),
        session_id=claimed_text(claims, "sid"),
    )
    if not (ended.subject or ended.session_id):
        raise LoginRefused(Refusal.TOKEN_CLAIM_MISSING)
    return ended
