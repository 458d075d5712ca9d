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

    `client_key` is our private key (PEM). `algorithms` are those its tokens may be
    signed with. `backchannel` is where our own calls go when the issuer's name means
    something to browsers only; they then carry the issuer's name as Host.
    """

    key: str
    issuer: str
    client_id: str
    client_key: str = field(repr=False)
    algorithms: tuple[str, ...]
    scopes: str
    acr_values: str
    backchannel: str = ""


def provider_of(key: str) -> Provider:
    """The provider named `helseid` or `idporten`. KeyError when there is none."""
    configured: dict[str, Any] = settings.OIDC_PROVIDERS[key]
    return Provider(key=key, **configured)


def get_json(provider: Provider, url: str) -> dict[str, Any]:
    """What the provider publishes at `url`. Raises LoginRefused when it does not."""
    return _object_in(_call("GET", provider, url))


def post_form(
    provider: Provider, url: str, form: Mapping[str, str]
) -> tuple[int, dict[str, Any]]:
    """Status and JSON object of the provider's answer to a form.

    Raises LoginRefused when it cannot be reached, or fails, or answers something else.
    """
    response = _call("POST", provider, url, form)
    return response.status_code, _object_in(response)


def _call(
    method: str, provider: Provider, url: str, form: Mapping[str, str] | None = None
) -> requests.Response:
    address, headers = _route(provider, url)
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
