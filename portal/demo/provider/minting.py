"""Makes the tokens: ID tokens about the cast, access tokens for who calls."""

import secrets
import time
from collections.abc import Mapping
from typing import Any

import jwt
from django.conf import settings

from access.authentication import (
    CLAIM_HPR_DETAILS,
    CLAIM_HPR_NUMBER,
    CLAIM_NUMBER,
    CLAIM_SECURITY_LEVEL,
    public_key_of,
)
from portal.demo.people import Persona
from portal.demo.provider.authorization import Granted
from portal.demo.provider.clients import Client
from portal.demo.provider.lies import Lies, forge
from portal.keys import new_signing_key, read_secret

ACCESS_TOKEN_SECONDS = 300
_ID_TOKEN_SECONDS = 60
_LOGOUT_TOKEN_SECONDS = 120
_LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_ACR = {3: "idporten-loa-substantial", 4: "idporten-loa-high"}


class Mint:
    """One issuer's keys, and what it signs."""

    def __init__(self, issuer_key: str, lies: Lies) -> None:
        self.issuer: str = settings.OIDC_PROVIDERS[issuer_key]["issuer"]
        self._pem = read_secret(
            f"PROVESVAR_LOCAL_{issuer_key.upper()}_KEY",
            state_dir=settings.STATE_DIR,
            make=new_signing_key,
        )
        self._published = [public_key_of(self._pem)]
        self._lies = lies

    @property
    def key_id(self) -> str:
        """The name of the key it signs with now."""
        return str(public_key_of(self._pem)["kid"])

    def change_key(self, *, is_published: bool = True) -> None:
        """Sign with a new key from now on; the one before stays published beside it."""
        self._pem = new_signing_key()
        if is_published:
            self._published.append(public_key_of(self._pem))

    def withdraw_old_keys(self) -> None:
        """Publish the key in use and no other."""
        self._published = [public_key_of(self._pem)]

    def published_keys(self) -> dict[str, Any]:
        return {"keys": [*map(dict, self._published), *self._lies.extra_keys()]}

    def id_token(self, granted: Granted, *, session_id: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": granted.asked.client.client_id,
            "sub": granted.persona.subject,
            "iat": now,
            "exp": now + _ID_TOKEN_SECONDS,
            "auth_time": granted.authenticated_at,
            "nonce": granted.asked.nonce,
            "sid": session_id,
            "amr": ["local"],
            **self.claims_about(granted.persona),
        }
        return self.sign(claims, token_type=self._lies.token_type or "JWT")

    def access_token(
        self,
        client: Client,
        *,
        scope: str,
        audience: str,
        thumbprint: str,
        claims: Mapping[str, Any],
    ) -> str:
        """RFC 9068, bound to the key with this thumbprint (RFC 9449 §6.1), or for
        anybody when there is none."""
        now = int(time.time())
        content = {
            "iss": self.issuer,
            "aud": audience,
            "sub": client.client_id,
            "client_id": client.client_id,
            "scope": scope,
            "iat": now,
            "nbf": now,
            "exp": now + ACCESS_TOKEN_SECONDS,
            "jti": secrets.token_urlsafe(18),
            **({"cnf": {"jkt": thumbprint}} if thumbprint else {}),
            **claims,
        }
        return self.sign(content, token_type=self._lies.token_type or "at+jwt")

    def logout_token(self, client: Client, *, subject: str, session_id: str) -> str:
        """OpenID Connect Back-Channel Logout 1.0 §2.4."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": client.client_id,
            "sub": subject,
            "sid": session_id,
            "iat": now,
            "exp": now + _LOGOUT_TOKEN_SECONDS,
            "jti": secrets.token_urlsafe(18),
            "events": {_LOGOUT_EVENT: {}},
        }
        return self.sign(claims, token_type=self._lies.token_type or "logout+jwt")

    def claims_about(self, persona: Persona) -> dict[str, Any]:
        """As the issuer of this persona tells of people."""
        about = _citizen(persona) if persona.is_citizen else _personnel(persona)
        return {"sub": persona.subject, **about}

    def bend_answer(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The token endpoint's answer, with the lies told there."""
        return {**answer, **self._lies.answer}

    def hinted(self, token: str, *, client_id: str) -> dict[str, Any] | None:
        """What an ID token says that we once made for that client, also when it has
        expired; None when we did not."""
        options: Any = {"verify_exp": False, "require": ["sub", "sid"]}
        try:
            name = jwt.get_unverified_header(token).get("kid")
            key = next(k for k in self._published if k["kid"] == name)
            claims: dict[str, Any] = jwt.decode(
                token,
                jwt.PyJWK(key),
                algorithms=["ES256"],
                audience=client_id,
                issuer=self.issuer,
                options=options,
            )
        except (jwt.PyJWTError, StopIteration):
            return None
        return claims

    def sign(self, claims: dict[str, Any], *, token_type: str) -> str:
        """Any claims as a signed token; bent where the provider lies."""
        headers = {"typ": token_type, "kid": self.key_id}
        bent = self._lies.bend(claims)
        if self._lies.forgery:
            return forge(self._lies.forgery, bent, headers=headers, pem=self._pem)
        return jwt.encode(bent, self._pem, algorithm="ES256", headers=headers)


def _citizen(persona: Persona) -> dict[str, str]:
    """No name: ID-porten tells none."""
    return {"pid": persona.number, "acr": _ACR[persona.security_level]}


def _personnel(persona: Persona) -> dict[str, Any]:
    claims: dict[str, Any] = {
        "name": persona.name,
        CLAIM_NUMBER: persona.number,
        CLAIM_SECURITY_LEVEL: str(persona.security_level),
    }
    if persona.hpr_number:
        approval = {
            "profession": persona.role_code,
            "authorization": {"value": "1", "description": "Autorisasjon"},
        }
        claims[CLAIM_HPR_NUMBER] = persona.hpr_number
        claims[CLAIM_HPR_DETAILS] = {
            "hpr_number": persona.hpr_number,
            "approvals": [approval],
        }
    return claims
