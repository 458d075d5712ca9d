"""What a login leaves in the session, and how it is told whether it is still fresh."""

import base64
import time
from collections.abc import MutableMapping
from typing import Any

from access.authentication.backends import Login
from results.encryption import CannotDecrypt, decrypt, encrypt

Session = MutableMapping[str, Any]
_ID_TOKEN = "sealed_id_token"  # noqa: S105 - a key in the session
_REFRESH_TOKEN = "sealed_refresh_token"  # noqa: S105
_CONTEXT = "session"


def keep_login(session: Session, login: Login) -> None:
    """Write what `access.viewers`, renewal and logout need; called after login.

    Tokens are encrypted: they hold an identity number, or open doors. The ID token's
    only use is as the hint that ends the session at the provider.
    """
    session["provider"] = login.provider
    session["subject"] = login.subject
    session["security_level"] = login.security_level
    session["organization_number"] = login.organization_number
    session["point_of_care_number"] = login.point_of_care_number
    session["professions"] = list(login.professions)
    session["provider_session_id"] = login.session_id
    session["authenticated_at"] = login.authenticated_at
    _keep(session, _ID_TOKEN, login.id_token)
    keep_refresh_token(session, login.refresh_token)


def is_fresh(session: Session, *, within_seconds: int) -> bool:
    """Whether the person showed who they are so recently; False when it is unknown.

    Where it is False and must be True, lead to the login's start with
    `bekreft=ja`, which asks the provider for a new login of the same person.
    """
    authenticated_at = session.get("authenticated_at")
    if not isinstance(authenticated_at, int):
        return False
    return time.time() - authenticated_at <= within_seconds


def id_token_of(session: Session) -> str:
    """The ID token of this login; empty when there is none we can read."""
    return _kept(session, _ID_TOKEN)


def refresh_token_of(session: Session) -> str:
    """The refresh token of this login; empty when there is none we can read."""
    return _kept(session, _REFRESH_TOKEN)


def keep_refresh_token(session: Session, token: str) -> None:
    """Keep this one instead of the one before; an empty one drops it."""
    _keep(session, _REFRESH_TOKEN, token)


def _keep(session: Session, name: str, token: str) -> None:
    session.pop(name, None)
    if token:
        sealed = encrypt(token.encode(), context=f"{_CONTEXT} {name}")
        session[name] = base64.b64encode(sealed).decode()


def _kept(session: Session, name: str) -> str:
    sealed = session.get(name)
    if not isinstance(sealed, str):
        return ""
    try:
        plain = decrypt(base64.b64decode(sealed), context=f"{_CONTEXT} {name}")
    except (CannotDecrypt, ValueError):
        # The key was changed, or the session is from before: as if it were not there.
        return ""
    return plain.decode()
