"""The identity providers we trust: how each is configured, and how to reach it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings

from access.authentication.refusals import LoginRefused, Refusal

_TIMEOUT_SECONDS = (3, 5)


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider as `settings.OIDC_PROVIDERS` describes it.

    `client_key` is our private key (PEM); `other_key` is published beside it: the next
    one before a change, the one before after it. `algorithms` are those its tokens may
    be signed with. `uses_dpop` says that its tokens are bound to our key. `tenancy` is
    «single» when HelseID itself knows our one legal entity, else «multi».
    `longest_login_seconds` is how old a login at the provider may be, 0 for any age.
    `backchannel` is where our own calls go when the issuer's name means something to
    browsers only; they then carry the issuer's name as Host.
    """

    key: str
    issuer: str
    client_id: str
    client_key: str = field(repr=False)
    algorithms: tuple[str, ...]
    scopes: str
    acr_values: str
    other_key: str = field(default="", repr=False)
    uses_dpop: bool = False
    tenancy: str = "multi"
    longest_login_seconds: int = 0
    backchannel: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The provider's answer to a form. `nonce` is what it wants in the next proof."""

    status: int
    content: dict[str, Any] = field(repr=False)
    nonce: str = ""

    @property
    def error(self) -> str:
        """The OAuth error code (RFC 6749 §5.2); empty when there is none."""
        code = self.content.get("error")
        return code if self.status >= 400 and isinstance(code, str) else ""


def provider_of(key: str) -> Provider:
    """The provider named `helseid` or `idporten`. KeyError when there is none."""
    configured: dict[str, Any] = settings.OIDC_PROVIDERS[key]
    return Provider(key=key, **configured)


def get_json(provider: Provider, url: str) -> dict[str, Any]:
    """What the provider publishes at `url`. Raises LoginRefused when it does not."""
    return _object_in(_call("GET", provider, url))


def post_form(
    provider: Provider, url: str, form: Mapping[str, str], *, proof: str = ""
) -> Reply:
    """The provider's answer to a form, sent with this DPoP proof if there is one.

    Raises LoginRefused when it cannot be reached, or fails, or answers something else.
    """
    response = _call("POST", provider, url, form, {"DPoP": proof} if proof else {})
    nonce = response.headers.get("DPoP-Nonce", "")
    return Reply(response.status_code, _object_in(response), nonce)


def _call(
    method: str,
    provider: Provider,
    url: str,
    form: Mapping[str, str] | None = None,
    extra_headers: Mapping[str, str] | None = None,
) -> requests.Response:
    address, headers = _route(provider, url)
    headers.update(extra_headers or {})
    try:
        response = requests.request(
            method,
            address,
            data=form,
            headers=headers,
            timeout=_TIMEOUT_SECONDS,
            # A redirect would carry our assertion to wherever it points.
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise LoginRefused(Refusal.PROVIDER_UNAVAILABLE) from error
    if response.status_code >= 500 or (method == "GET" and response.status_code != 200):
        raise LoginRefused(Refusal.PROVIDER_UNAVAILABLE)
    return response


def _route(provider: Provider, url: str) -> tuple[str, dict[str, str]]:
    headers = {"Accept": "application/json"}
    if not provider.backchannel:
        return url, headers
    parts = urlsplit(url)
    headers["Host"] = parts.netloc
    return f"{provider.backchannel}{parts.path}", headers


def _object_in(response: requests.Response) -> dict[str, Any]:
    try:
        content = response.json()
    except requests.JSONDecodeError as error:
        raise LoginRefused(Refusal.PROVIDER_UNAVAILABLE) from error
    if not isinstance(content, dict):
        raise LoginRefused(Refusal.PROVIDER_UNAVAILABLE)
    return content
