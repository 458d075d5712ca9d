"""The two OpenID Connect backends: HelseID for personnel, ID-porten for citizens.

Stock mozilla-django-oidc takes another client's token, another issuer's, one without
expiry, or an access token in place of an ID token; what it checks is replaced here.
"""

import time
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import import_from_settings

from access.authentication.claims import (
    CLAIM_HPR_NUMBER,
    CLAIM_NUMBER,
    CLAIM_SECURITY_LEVEL,
    claimed_level,
    claimed_professions,
    claimed_text,
)
from access.authentication.exchange import Tokens, redeem_code
from access.authentication.organizations import organization_in
from access.authentication.providers import Provider, provider_of
from access.authentication.publications import Publication, publication_of
from access.authentication.refusals import LoginRefused, Refusal
from access.authentication.tokens import LEEWAY_SECONDS, verify_id_token
from access.models import User
from access.operations import sign_in
from results.identity import IdentityNumber, InvalidIdentityNumber, parse

REQUIRED_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Demands:
    """What this one login must be, beside good: no older than `fresh_since` (Unix
    seconds, 0 for any age), and of this `subject` (empty for anybody)."""

    fresh_since: int = 0
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Login:
    """What the provider vouched for; the callback keeps it when login is complete.

    `session_id` is the provider's own name for it (`sid`), `authenticated_at` when the
    person last showed who they are, in Unix seconds, 0 when it was not told.
    """

    provider: str
    subject: str
    security_level: int
    organization_number: str = ""
    point_of_care_number: str = ""
    professions: tuple[str, ...] = ()
    session_id: str = ""
    authenticated_at: int = 0
    id_token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)


class ProviderMixin:
    """Settings of one provider, under the names mozilla-django-oidc asks for.

    Endpoints are asked for when needed and not when a backend is made: Django makes one
    for every request, and must be able to while the provider is away.
    """

    provider_key: ClassVar[str]

    @property
    def provider(self) -> Provider:
        return provider_of(self.provider_key)

    @property
    def publication(self) -> Publication:
        return publication_of(self.provider)

    @property
    def OIDC_RP_CLIENT_ID(self) -> str:  # noqa: N802 - the base class's name
        return self.provider.client_id

    @property
    def OIDC_OP_AUTH_ENDPOINT(self) -> str:  # noqa: N802 - the base class's name
        return self.publication.endpoint("authorization_endpoint")

    def get_settings(self, attr: str, *default: object) -> Any:  # noqa: ANN401
        ours = {
            "OIDC_RP_SCOPES": self.provider.scopes,
            "OIDC_USE_NONCE": True,
            "OIDC_USE_PKCE": True,
            "OIDC_PKCE_CODE_CHALLENGE_METHOD": "S256",
            "OIDC_AUTHENTICATION_CALLBACK_URL": (
                f"accounts:{self.provider_key}_callback"
            ),
            "OIDC_AUTH_REQUEST_EXTRA_PARAMS": _wishes(self.provider),
        }
        return ours[attr] if attr in ours else import_from_settings(attr, *default)


class ProviderBackend(ProviderMixin, OIDCAuthenticationBackend):  # type: ignore[misc]
    """What both providers have in common."""

    # The base class sends a secret; we have none (see `get_token`).
    OIDC_RP_CLIENT_SECRET = None

    def __init__(self) -> None:
        # Not the base class's, which asks for every endpoint at once.
        self.UserModel = get_user_model()

    def authenticate(
        self, request: HttpRequest | None, **kwargs: object
    ) -> User | None:
        # Django tries every backend in turn; the wrong one would spend the code.
        if getattr(request, "oidc_provider", None) != self.provider_key:
            return None
        user: User | None = super().authenticate(request, **kwargs)
        return user

    def get_token(self, payload: dict[str, str | None]) -> dict[str, Any]:
        form = {k: v for k, v in payload.items() if v and k != "client_secret"}
        self.tokens: Tokens = redeem_code(self.provider, form)
        return {
            "id_token": self.tokens.id_token,
            "access_token": self.tokens.access_token,
        }

    def verify_token(self, token: object, **kwargs: object) -> dict[str, Any]:
        nonce = str(kwargs.get("nonce") or "")
        return verify_id_token(token, provider=self.provider, nonce=nonce)

    def store_tokens(self, access_token: object, id_token: object) -> None:
        # What is written to the session before login is lost when somebody else was
        # logged in; the callback writes `request.oidc_login` afterwards.
        pass

    def get_or_create_user(
        self, access_token: object, id_token: str, payload: dict[str, Any]
    ) -> User:
        login = self._login(id_token, payload)
        _check_demands(login, self.provider, self.request)
        user = sign_in(
            issuer=self.provider.issuer,
            subject=login.subject,
            name=claimed_text(payload, "name"),
            number=self.number_of(payload),
            hpr_number=claimed_text(payload, CLAIM_HPR_NUMBER),
        )
        if not user.is_active:
            raise LoginRefused(Refusal.USER_DISABLED)
        self.request.oidc_login = login
        return user

    def _login(self, id_token: str, payload: dict[str, Any]) -> Login:
        acting_for = organization_in(payload)
        authenticated_at = payload.get("auth_time")
        return Login(
            provider=self.provider_key,
            subject=payload["sub"],
            security_level=self.level_of(payload),
            organization_number=acting_for.legal_entity,
            point_of_care_number=acting_for.point_of_care,
            professions=claimed_professions(payload),
            session_id=claimed_text(payload, "sid"),
            authenticated_at=(authenticated_at if type(authenticated_at) is int else 0),
            id_token=id_token,
            refresh_token=self.tokens.refresh_token,
        )

    def get_user(self, user_id: object) -> User | None:
        user: User | None = super().get_user(user_id)
        # The base class would keep a disabled user in until the session ends.
        return user if user and user.is_active else None

    def level_of(self, claims: dict[str, Any]) -> int:
        raise NotImplementedError

    def number_of(self, claims: dict[str, Any]) -> IdentityNumber:
        raise NotImplementedError


class HelseIDBackend(ProviderBackend):
    """Health personnel, and those who administer."""

    provider_key = "helseid"

    def level_of(self, claims: dict[str, Any]) -> int:
        return claimed_level(claimed_text(claims, CLAIM_SECURITY_LEVEL))

    def number_of(self, claims: dict[str, Any]) -> IdentityNumber:
        return _number(claims, CLAIM_NUMBER)


class IDPortenBackend(ProviderBackend):
    """Citizens. ID-porten tells no name; the register of patients does."""

    provider_key = "idporten"
    _LEVELS: ClassVar = {"idporten-loa-substantial": 3, "idporten-loa-high": 4}

    def level_of(self, claims: dict[str, Any]) -> int:
        return self._LEVELS.get(claimed_text(claims, "acr"), 0)

    def number_of(self, claims: dict[str, Any]) -> IdentityNumber:
        return _number(claims, "pid")


def _wishes(provider: Provider) -> dict[str, str]:
    """What we ask of every login; what comes back is checked all the same."""
    wishes = {"acr_values": provider.acr_values}
    if provider.longest_login_seconds:
        wishes["max_age"] = str(provider.longest_login_seconds)
    return wishes


def _check_demands(login: Login, provider: Provider, request: HttpRequest) -> None:
    if login.security_level < REQUIRED_LEVEL:
        raise LoginRefused(Refusal.LEVEL_TOO_LOW)
    demands: Demands = getattr(request, "oidc_demands", Demands())
    oldest = demands.fresh_since
    if provider.longest_login_seconds:
        oldest = max(oldest, int(time.time()) - provider.longest_login_seconds)
    if oldest and login.authenticated_at < oldest - LEEWAY_SECONDS:
        raise LoginRefused(Refusal.LOGIN_TOO_OLD)
    if demands.subject and demands.subject != login.subject:
        raise LoginRefused(Refusal.OTHER_PERSON)


def _number(claims: dict[str, Any], name: str) -> IdentityNumber:
    try:
        return parse(
            claimed_text(claims, name), allow_test_numbers=settings.ALLOW_TEST_NUMBERS
        )
    except InvalidIdentityNumber as error:
        raise LoginRefused(Refusal.IDENTITY_NUMBER) from error
