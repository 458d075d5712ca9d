"""How a login ends at the provider too."""

from urllib.parse import urlencode

from access.authentication.exchange import revoke
from access.authentication.providers import provider_of
from access.authentication.publications import publication_of
from access.authentication.refusals import LoginRefused
from access.authentication.sessions import (
    Session,
    keep_refresh_token,
    refresh_token_of,
)


def end_session_url(session: Session, *, return_to: str) -> str | None:
    """Where the browser ends the session at the provider, or None if there is none.

    OpenID Connect RP-Initiated Logout 1.0 §2; `return_to` must be registered there.
    """
    key = session.get("provider")
    if not isinstance(key, str):
        return None
    provider = provider_of(key)
    try:
        endpoint = publication_of(provider).endpoint("end_session_endpoint")
    except LoginRefused:
        # The provider is away: the local logout must not wait for it.
        return None
    query = {
        "client_id": provider.client_id,
        "post_logout_redirect_uri": return_to,
    }
    return f"{endpoint}?{urlencode(query)}"


def drop_refresh_token(session: Session) -> None:
    """Forget the refresh token, and ask the provider to. Never refused: it is over."""
    refresh_token = refresh_token_of(session)
    key = session.get("provider")
    if not refresh_token or not isinstance(key, str):
        return
    try:
        revoke(provider_of(key), refresh_token)
    except LoginRefused:
        return
    finally:
        keep_refresh_token(session, "")
