"""An EHR system: signs a persona in at HelseID, and calls on their behalf."""

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from access.authentication import (
    ActingFor,
    base64url,
    dpop_proof,
    organization_details,
)
from portal.demo.people import Persona
from portal.demo.provider.application import Provider
from portal.demo.provider.clients import (
    EHR_CLIENT_ID,
    EHR_RETURNS_TO,
    EHR_SCOPES,
)
from portal.demo.provider.machine import ask_as_client, client_named


class Ehr:
    """One user's session in it. Asks the provider in this process, as `Machine` does;
    each token is fetched anew, with the organisation and attestation of the moment."""

    def __init__(
        self,
        persona: Persona,
        *,
        scopes: tuple[str, ...] = EHR_SCOPES,
        provider: Provider | None = None,
    ) -> None:
        self.persona = persona
        self._issuer = (provider or Provider()).issuers["helseid"]
        self._client = client_named(EHR_CLIENT_ID)
        self._scope = " ".join(("openid", "profile", "offline_access", *scopes))
        self._refresh_token = ""

    def headers(
        self,
        method: str,
        url: str,
        *,
        attestation: Mapping[str, Any] | None = None,
        has_token_hash: bool = True,
    ) -> dict[str, str]:
        """`Authorization` and `DPoP` for one request; the proof works once. NHN's own
        client ends a session with a proof that has no hash of the token."""
        token = self.access_token(attestation=attestation)
        proof = dpop_proof(
            self._client.client_key,
            method=method,
            url=url,
            access_token=token if has_token_hash else "",
        )
        return {"Authorization": f"DPoP {token}", "DPoP": proof}

    def access_token(self, *, attestation: Mapping[str, Any] | None = None) -> str:
        """A new token for the persona, acting for their own organisation."""
        if not self._refresh_token:
            self._sign_in()
        acting_for = ActingFor(self.persona.organization_number)
        details = [organization_details(self._client, acting_for)]
        if attestation is not None:
            details.append(dict(attestation))
        form = {"grant_type": "refresh_token", "refresh_token": self._refresh_token}
        answer = self._ask_for_tokens(form, details=tuple(details))
        return str(answer["access_token"])

    def _sign_in(self) -> None:
        """The whole way: pushed request, choice of persona, code, tokens."""
        verifier = secrets.token_urlsafe(48)
        pushed = ask_as_client(
            self._issuer.push,
            f"{self._issuer.mint.issuer}/par",
            self._login_request(verifier),
            client=self._client,
        )
        authorization = self._issuer.authorization
        request_id = authorization.begin(
            {"client_id": EHR_CLIENT_ID, "request_uri": pushed["request_uri"]}
        )
        back = authorization.choose(request_id or "", self.persona.key).headers
        form = {
            "grant_type": "authorization_code",
            "code": parse_qs(urlsplit(back["Location"]).query)["code"][0],
            "redirect_uri": EHR_RETURNS_TO,
            "code_verifier": verifier,
        }
        self._ask_for_tokens(form)

    def _login_request(self, verifier: str) -> dict[str, str]:
        digest = hashlib.sha256(verifier.encode()).digest()
        return {
            "response_type": "code",
            "scope": self._scope,
            "redirect_uri": EHR_RETURNS_TO,
            "state": secrets.token_urlsafe(16),
            "nonce": secrets.token_urlsafe(16),
            "code_challenge": base64url(digest),
            "code_challenge_method": "S256",
        }

    def _ask_for_tokens(
        self, form: Mapping[str, str], *, details: tuple[dict[str, Any], ...] = ()
    ) -> dict[str, Any]:
        answer = ask_as_client(
            self._issuer.tokens.issue,
            f"{self._issuer.mint.issuer}/token",
            form,
            client=self._client,
            details=details,
        )
        self._refresh_token = answer["refresh_token"]
        return answer
