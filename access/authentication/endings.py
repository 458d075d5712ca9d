"""How a login ends at the provider too."""

from dataclasses import dataclass, field

from access.authentication.exchange import revoke
from access.authentication.providers import provider_of
from access.authentication.publications import publication_of
from access.authentication.refusals import LoginRefused
from access.authentication.sessions import (
    Session,
    id_token_of,
    keep_refresh_token,
    refresh_token_of,
)


@dataclass(frozen=True, slots=True)
class Ending:
    """A form for the browser to post to `address`. The ID token in it holds an identity
    number, so it must not stand in an address itself."""

    address: str
    fields: dict[str, str] = field(repr=False)


def ending_of(session: Session, *, return_to: str) -> Ending | None:
    """Where the browser ends the login at the provider, or None if there is none.

    OpenID Connect RP-Initiated Logout 1.0 §2; `return_to` must be registered there.
    """
    key = session.get("provider")
    if not isinstance(key, str):
        return None
    provider = provider_of(key)
    try:
        address = publication_of(provider).endpoint("end_session_endpoint")
    except LoginRefused:
        # The provider is away: the local logout must not wait for it.
        return None
    fields = {
        "id_token_hint": id_token_of(session),
        "client_id": provider.client_id,
        "post_logout_redirect_uri": return_to,
    }
    return Ending(address, {name: value for name, value in fields.items() if value})


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
