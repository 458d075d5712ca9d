"""What a login leaves in the session, and how the provider is told that it is over."""

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlencode

from access.authentication.backends import Login
from access.authentication.providers import provider_of
from access.authentication.publications import publication_of
from access.authentication.refusals import LoginRefused


def keep_login(session: MutableMapping[str, Any], login: Login) -> None:
    """Write what `access.viewers` and the logout need; to be called after login.

    The ID token is not kept: it holds an identity number, and its only use would be as
    `id_token_hint` in an address.
    """
    session["provider"] = login.provider
    session["security_level"] = login.security_level
    session["organization_number"] = login.organization_number


def end_session_url(session: MutableMapping[str, Any], *, return_to: str) -> str | None:
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
