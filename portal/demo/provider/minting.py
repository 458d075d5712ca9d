"""Makes the tokens: ID tokens about the cast, access tokens for machines."""

import secrets
import time
from typing import Any

import jwt
from django.conf import settings

from access.authentication import public_key_of
from portal.demo.people import Persona
from portal.demo.provider.clients import Client
from portal.demo.provider.lies import Lies, forge
from portal.keys import new_signing_key, read_secret

ACCESS_TOKEN_SECONDS = 300
_ID_TOKEN_SECONDS = 60
_ORGANIZATION = "helseid://claims/client/claims/orgnr_parent"
_ACR = {3: "idporten-loa-substantial", 4: "idporten-loa-high"}


class Mint:
    """One issuer's key, and what it signs."""

    def __init__(self, issuer_key: str, lies: Lies) -> None:
        self.issuer: str = settings.OIDC_PROVIDERS[issuer_key]["issuer"]
        self._pem = read_secret(
            f"PROVESVAR_LOCAL_{issuer_key.upper()}_KEY",
            state_dir=settings.STATE_DIR,
            make=new_signing_key,
        )
        self._public_key = public_key_of(self._pem)
        self._lies = lies

    def published_keys(self) -> dict[str, Any]:
        return {"keys": [dict(self._public_key), *self._lies.extra_keys()]}

    def id_token(self, persona: Persona, *, client_id: str, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": client_id,
            "sub": persona.subject,
            "iat": now,
            "exp": now + _ID_TOKEN_SECONDS,
            "auth_time": now,
            "nonce": nonce,
            "name": persona.name,
            **(_citizen(persona) if persona.is_citizen else _personnel(persona)),
        }
        return self._sign(claims, token_type=self._lies.token_type or "JWT")

    def access_token(self, client: Client, *, scope: str, thumbprint: str) -> str:
        """RFC 9068, bound to the key with this thumbprint (RFC 9449 §6.1)."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": settings.API_AUDIENCE,
            "sub": client.client_id,
            "client_id": client.client_id,
            "scope": scope,
            "iat": now,
            "nbf": now,
            "exp": now + ACCESS_TOKEN_SECONDS,
            "jti": secrets.token_urlsafe(18),
            "cnf": {"jkt": thumbprint},
            _ORGANIZATION: client.organization_number,
        }
        return self._sign(claims, token_type=self._lies.token_type or "at+jwt")

    def is_ours(self, token: str, *, client_id: str) -> bool:
        """Whether we once made this ID token for that client; it may have expired."""
        options: Any = {"verify_exp": False, "require": ["sub"]}
        key = jwt.PyJWK(self._public_key)
        try:
            jwt.decode(
                token,
                key,
                algorithms=["ES256"],
                audience=client_id,
                issuer=self.issuer,
                options=options,
            )
        except jwt.PyJWTError:
            return False
        return True

    def _sign(self, claims: dict[str, Any], *, token_type: str) -> str:
        headers = {"typ": token_type, "kid": self._public_key["kid"]}
        bent = self._lies.bend(claims)
        if self._lies.forgery:
            return forge(self._lies.forgery, bent, headers=headers, pem=self._pem)
        return jwt.encode(bent, self._pem, algorithm="ES256", headers=headers)


def _citizen(persona: Persona) -> dict[str, str]:
    return {"pid": persona.number, "acr": _ACR[persona.security_level]}


def _personnel(persona: Persona) -> dict[str, str]:
    claims = {
        "helseid://claims/identity/pid": persona.number,
        "helseid://claims/identity/security_level": str(persona.security_level),
        _ORGANIZATION: persona.organization_number,
    }
    if persona.hpr_number:
        claims["helseid://claims/hpr/hpr_number"] = persona.hpr_number
    return claims
