"""What a provider publishes about itself, kept: its metadata and its signing keys.

Kept in the process, since parsing an RSA key costs some 150 ms: once, not per token.
"""

import functools
import threading
import time
from typing import Any

import jwt

from access.authentication.providers import Provider, get_json
from access.authentication.refusals import LoginRefused, Refusal

_METADATA_SECONDS = 24 * 60 * 60  # HelseID, functional requirement FK2
_KEYS_SECONDS = 60 * 60
# So that tokens with made-up key names cannot make us flood the provider.
_SECONDS_BETWEEN_FETCHES = 10
_KEY_TYPES = ("EC", "RSA")


class Publication:
    """One provider's metadata (OpenID Connect Discovery 1.0) and keys (RFC 7517)."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._metadata: dict[str, Any] = {}
        self._metadata_until = 0.0
        self._keys: dict[str, list[dict[str, Any]]] = {}
        self._parsed: dict[tuple[str, str], jwt.PyJWK] = {}
        self._keys_until = 0.0
        self._next_fetch = 0.0
        self._fetching = threading.Lock()

    @property
    def metadata(self) -> dict[str, Any]:
        """The metadata. Raises LoginRefused when it cannot be had, or is another's."""
        if time.monotonic() > self._metadata_until:
            issuer = self._provider.issuer
            found = get_json(
                self._provider, f"{issuer}/.well-known/openid-configuration"
            )
            if found.get("issuer") != issuer:
                raise LoginRefused(Refusal.PROVIDER_UNAVAILABLE)
            self._metadata = found
            self._metadata_until = time.monotonic() + _METADATA_SECONDS
        return self._metadata

    def endpoint(self, name: str) -> str:
        """The address under this name in the metadata. Raises LoginRefused."""
        address = self.metadata.get(name)
        if not isinstance(address, str):
            raise LoginRefused(Refusal.PROVIDER_UNAVAILABLE)
        return address

    def signing_key(self, key_id: object, algorithm: str) -> jwt.PyJWK:
        """The key a token's header names. Raises LoginRefused(TOKEN_KEY) without one.

        A name we do not know makes us look again, at most every ten seconds: that is
        how a provider's new key becomes known.
        """
        if not isinstance(key_id, str) or not key_id:
            raise LoginRefused(Refusal.TOKEN_KEY)
        if self._is_stale(key_id):
            # The others wait for the one who asks, not to be told it is unavailable.
            with self._fetching:
                self._look_again(key_id)
        return self._find(key_id, algorithm)

    def _is_stale(self, key_id: str) -> bool:
        return time.monotonic() > self._keys_until or key_id not in self._keys

    def _look_again(self, key_id: str) -> None:
        now = time.monotonic()
        if not self._is_stale(key_id) or now < self._next_fetch:
            return
        self._next_fetch = now + _SECONDS_BETWEEN_FETCHES
        try:
            self._fetch_keys(now)
        except LoginRefused:
            # The provider is away; what its known keys have signed is still good.
            if key_id not in self._keys:
                raise

    def _fetch_keys(self, now: float) -> None:
        published = get_json(self._provider, self.endpoint("jwks_uri")).get("keys")
        keys: dict[str, list[dict[str, Any]]] = {}
        for key in published if isinstance(published, list) else []:
            if _is_signing_key(key):
                keys.setdefault(key["kid"], []).append(key)
        self._keys, self._parsed = keys, {}
        self._keys_until = now + _KEYS_SECONDS

    def _find(self, key_id: str, algorithm: str) -> jwt.PyJWK:
        if found := self._parsed.get((key_id, algorithm)):
            return found
        for key in self._keys.get(key_id, []):
            if key.get("alg", algorithm) == algorithm:
                parsed = _parse(key, algorithm)
                self._parsed[key_id, algorithm] = parsed
                return parsed
        has_keys = bool(self._keys)
        raise LoginRefused(
            Refusal.TOKEN_KEY if has_keys else Refusal.PROVIDER_UNAVAILABLE
        )


@functools.lru_cache(maxsize=8)
def publication_of(provider: Provider) -> Publication:
    """The same publication every time, so that it is fetched once."""
    return Publication(provider)


def _is_signing_key(key: object) -> bool:
    return (
        isinstance(key, dict)
        and key.get("kty") in _KEY_TYPES
        and key.get("use", "sig") == "sig"
        and isinstance(key.get("kid"), str)
    )


def _parse(key: dict[str, Any], algorithm: str) -> jwt.PyJWK:
    try:
        return jwt.PyJWK(key, algorithm)
    except jwt.PyJWTError as error:
        raise LoginRefused(Refusal.TOKEN_KEY) from error
