"""The token endpoint: what a client has a right to, and its tokens."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from access.authentication import ATTESTATION_CLAIM, base64url
from portal.demo.provider.authorization import Authorization, Granted
from portal.demo.provider.callers import Callers
from portal.demo.provider.clients import Client
from portal.demo.provider.details import Details, read_details
from portal.demo.provider.exchange import OAuthError
from portal.demo.provider.grants import Grants
from portal.demo.provider.minting import ACCESS_TOKEN_SECONDS, Mint

_Sent = list[dict[str, Any]]


class TokenEndpoint:
    """One issuer's. Stands on RFC 6749, 7636, 9068, 9449 and HelseID's profile.

    `binds_tokens` is HelseID's way: no token without a proof of the key it is for.
    """

    def __init__(
        self,
        mint: Mint,
        authorization: Authorization,
        callers: Callers,
        *,
        binds_tokens: bool,
    ) -> None:
        self._mint = mint
        self._authorization = authorization
        self._callers = callers
        self._binds_tokens = binds_tokens
        self._grants = Grants()

    def issue(self, form: Mapping[str, str], proof: str) -> dict[str, Any]:
        """The answer's JSON object. Raises OAuthError."""
        client, sent = self._callers.authenticated(form)
        thumbprint = self._callers.proven(proof, "token") if self._binds_tokens else ""
        match form.get("grant_type"):
            case "authorization_code":
                return self._for_code(client, form, sent, thumbprint)
            case "refresh_token":
                return self._for_refresh(client, form, sent, thumbprint)
            case "client_credentials" if self._binds_tokens:
                return self._for_machine(client, form, sent, thumbprint)
        raise OAuthError("unsupported_grant_type", "Unknown grant_type.")

    def revoke(self, form: Mapping[str, str]) -> None:
        """RFC 7009. Raises OAuthError."""
        self._callers.authenticated(form)
        self._grants.revoke(form.get("token", ""))

    def _for_code(
        self, client: Client, form: Mapping[str, str], sent: _Sent, thumbprint: str
    ) -> dict[str, Any]:
        granted = self._authorization.redeem(form.get("code", ""))
        _check_grant(granted, client, form)
        if granted.asked.thumbprint != thumbprint:
            raise OAuthError("invalid_grant", "The code is bound to another key.")
        session_id = secrets.token_urlsafe(16)
        answer = self._for_person(granted, sent, thumbprint)
        answer["id_token"] = self._mint.id_token(granted, session_id=session_id)
        if "offline_access" in granted.asked.scope.split():
            answer["refresh_token"] = self._grants.begin(granted, session_id)
        return self._mint.bend_answer(answer)

    def _for_refresh(
        self, client: Client, form: Mapping[str, str], sent: _Sent, thumbprint: str
    ) -> dict[str, Any]:
        standing, next_token = self._grants.renew(form.get("refresh_token", ""))
        granted = standing.granted
        if granted.asked.client.client_id != client.client_id:
            raise OAuthError("invalid_grant", "Another client's refresh token.")
        answer = self._for_person(granted, sent, thumbprint)
        answer["refresh_token"] = next_token
        return self._mint.bend_answer(answer)

    def _for_person(
        self, granted: Granted, sent: _Sent, thumbprint: str
    ) -> dict[str, Any]:
        asked = granted.asked
        pushed = _pushed_details(asked.authorization_details)
        if _attests(pushed) and _attests(sent):
            raise OAuthError("access_denied", "HID-DOUBLE-STRUCTURE: attested twice.")
        details = read_details([*pushed, *sent], granted.persona)
        scope = _granted_scope(asked.scope, details)
        audience = asked.client.audience_of(scope.split())
        if not audience:
            return _answer(secrets.token_urlsafe(24), thumbprint, scope)
        token = self._mint.access_token(
            asked.client,
            scope=scope,
            audience=audience,
            thumbprint=thumbprint,
            claims={**self._mint.claims_about(granted.persona), **details.claims},
        )
        return _answer(token, thumbprint, scope)

    def _for_machine(
        self, client: Client, form: Mapping[str, str], sent: _Sent, thumbprint: str
    ) -> dict[str, Any]:
        asked = form.get("scope", "").split()
        if not asked or not client.scopes.issuperset(asked):
            raise OAuthError("invalid_scope", "Not among the client's scopes.")
        scope = " ".join(asked)
        token = self._mint.access_token(
            client,
            scope=scope,
            audience=client.audience_of(asked),
            thumbprint=thumbprint,
            claims={
                **client.organization_claims(),
                **read_details(sent, None).claims,
            },
        )
        return _answer(token, thumbprint, scope)


def _answer(token: str, thumbprint: str, scope: str) -> dict[str, Any]:
    return {
        "access_token": token,
        "token_type": "DPoP" if thumbprint else "Bearer",
        "expires_in": ACCESS_TOKEN_SECONDS,
        "scope": scope,
    }


def _granted_scope(asked: str, details: Details) -> str:
    """An organisation that has not signed gets a token, and «rejected scopes»."""
    if details.are_terms_signed:
        return asked
    return " ".join(s for s in asked.split() if s in {"openid", "profile"})


def _attests(details: Iterable[Mapping[str, Any]]) -> bool:
    return any(detail.get("type") == ATTESTATION_CLAIM for detail in details)


def _pushed_details(text: str) -> _Sent:
    if not text:
        return []
    try:
        content = json.loads(text)
    except ValueError as error:
        raise OAuthError("invalid_authorization_details", "No JSON.") from error
    details = content if isinstance(content, list) else [content]
    return [detail for detail in details if isinstance(detail, dict)]


def _check_grant(granted: Granted, client: Client, form: Mapping[str, str]) -> None:
    asked = granted.asked
    if asked.client.client_id != client.client_id:
        raise OAuthError("invalid_grant", "The code was given to another client.")
    if asked.redirect_uri != form.get("redirect_uri"):
        raise OAuthError("invalid_grant", "Another redirect_uri than was asked for.")
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    if not hmac.compare_digest(base64url(digest), asked.challenge):
        raise OAuthError("invalid_grant", "The code_verifier does not fit.")
