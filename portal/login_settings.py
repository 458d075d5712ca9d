"""One identity provider as the environment describes it; a half description is none.

Read by `portal.settings` at start, so that a fault is found then and not by whoever
signs in first. What may be set is told in docs/login.md.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from portal.keys import (
    new_signing_key,
    read_optional_secret,
    read_secret,
    require_signing_key,
)

# RFC 7518 §3.1 without «none» and the shared secrets.
ALGORITHMS = frozenset(
    f"{kind}{bits}" for kind in ("RS", "PS", "ES") for bits in (256, 384, 512)
)
TENANCIES = frozenset({"single", "multi"})


def identity_provider(
    name: str,
    *,
    local: str,
    state_dir: Path | None,
    scopes: str,
    **fixed: object,
) -> dict[str, Any]:
    """The provider from PROVESVAR_HELSEID_… or PROVESVAR_IDPORTEN_…

    `local` is where the demonstration's own provider answers; `state_dir` is None
    outside the demonstration. Raises ImproperlyConfigured, which names the variable.
    """
    prefix = f"PROVESVAR_{name.upper()}"
    is_demonstration = state_dir is not None
    issuer = _given(f"{prefix}_ISSUER", f"{local}/{name}" if is_demonstration else "")
    is_local = is_demonstration and issuer.startswith(f"{local}/")
    _check_issuer(f"{prefix}_ISSUER", issuer, is_local=is_local)
    return {
        "issuer": issuer,
        "client_id": _given(
            f"{prefix}_CLIENT_ID", f"provesvar-{name}" if is_demonstration else ""
        ),
        **_keys(prefix, state_dir),
        "algorithms": _algorithms(f"{prefix}_ALGORITHMS", is_local=is_local),
        "scopes": _scopes(f"{prefix}_SCOPES", scopes),
        "backchannel": f"http://127.0.0.1:{urlsplit(local).port}" if is_local else "",
        **fixed,
    }


def tenancy(name: str) -> str:
    """«multi» when we act for several legal entities, else «single»."""
    value = os.environ.get(name, "multi")
    if value not in TENANCIES:
        raise ImproperlyConfigured(f"{name} must be one of {sorted(TENANCIES)}.")
    return value


def require_apart(providers: dict[str, dict[str, Any]], audience: str) -> None:
    """No token may be taken for another's: issuers differ, and so do audiences."""
    issuers = [provider["issuer"] for provider in providers.values()]
    if len(set(issuers)) != len(issuers):
        raise ImproperlyConfigured("Two identity providers have the same ISSUER.")
    if audience in {provider["client_id"] for provider in providers.values()}:
        raise ImproperlyConfigured(
            "PROVESVAR_API_AUDIENCE must be another name than any CLIENT_ID."
        )


def _given(name: str, otherwise: str) -> str:
    value = os.environ.get(name, "").strip() or otherwise
    if not value:
        raise ImproperlyConfigured(f"{name} must be set when DATABASE_URL is.")
    return value


def _check_issuer(name: str, issuer: str, *, is_local: bool) -> None:
    parts = urlsplit(issuer)
    has_more = parts.query or parts.fragment or parts.username
    if not parts.hostname or has_more:
        raise ImproperlyConfigured(f"{name} must be the address in the metadata.")
    if parts.scheme != "https" and not is_local:
        raise ImproperlyConfigured(f"{name} must begin with https.")


def _keys(prefix: str, state_dir: Path | None) -> dict[str, str]:
    """The key we sign with, and one published beside it while keys are changed."""
    own, other = f"{prefix}_CLIENT_KEY", f"{prefix}_OTHER_KEY"
    client_key = read_secret(own, state_dir=state_dir, make=new_signing_key)
    require_signing_key(own, client_key)
    other_key = read_optional_secret(other)
    if other_key:
        require_signing_key(other, other_key)
    if other_key == client_key:
        raise ImproperlyConfigured(f"{other} is the same key as {own}.")
    return {"client_key": client_key, "other_key": other_key}


def _algorithms(name: str, *, is_local: bool) -> tuple[str, ...]:
    value = os.environ.get(name, "ES256" if is_local else "RS256")
    algorithms = tuple(value.split())
    if not algorithms or not ALGORITHMS.issuperset(algorithms):
        raise ImproperlyConfigured(f"{name} must be some of {sorted(ALGORITHMS)}.")
    return algorithms


def _scopes(name: str, otherwise: str) -> str:
    scopes = os.environ.get(name, otherwise)
    if "openid" not in scopes.split():
        raise ImproperlyConfigured(f"{name} must hold openid.")
    return scopes
