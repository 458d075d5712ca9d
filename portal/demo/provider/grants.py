"""Refresh tokens: each works once, and one that is used twice ends them all."""

import secrets
from dataclasses import dataclass

from portal.demo.provider.authorization import Granted
from portal.demo.provider.exchange import OAuthError
from portal.demo.provider.shelf import Shelf

_REFRESH_SECONDS = 8 * 60 * 60


@dataclass(frozen=True, slots=True)
class Standing:
    """A login that lasts. `family` is the name of all the tokens one login has had."""

    granted: Granted
    session_id: str
    family: str


class Grants:
    def __init__(self) -> None:
        self._live: Shelf[Standing] = Shelf(_REFRESH_SECONDS)
        self._spent: dict[str, str] = {}
        self._ended_families: set[str] = set()

    def begin(self, granted: Granted, session_id: str) -> str:
        return self._live.put(Standing(granted, session_id, secrets.token_urlsafe(8)))

    def renew(self, refresh_token: str) -> tuple[Standing, str]:
        """The login, and the token to use next time (RFC 9700 §4.14). Raises
        OAuthError."""
        if family := self._spent.get(refresh_token):
            # Somebody has a copy; nobody can tell which of the two is the thief.
            self._ended_families.add(family)
        standing = self._live.take(refresh_token)
        if standing is None or standing.family in self._ended_families:
            raise OAuthError("invalid_grant", "The refresh token is not good.")
        self._spent[refresh_token] = standing.family
        return standing, self._live.put(standing)

    def revoke(self, refresh_token: str) -> None:
        """RFC 7009: also when it is unknown, all is well."""
        standing = self._live.take(refresh_token)
        if standing:
            self._ended_families.add(standing.family)
