"""The two OpenID Connect backends: HelseID for personnel, ID-porten for citizens.

Stock mozilla-django-oidc takes another client's token, another issuer's, one without
expiry, or an access token in place of an ID token; what it checks is replaced here.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.utils import import_from_settings

from access.authentication.assertions import ASSERTION_TYPE, client_assertion
from access.authentication.providers import Provider, post_form, provider_of
from access.authentication.publications import Publication, publication_of
from access.authentication.refusals import LoginRefused, Refusal
from access.authentication.tokens import verify_id_token
from access.models import User
from access.operations import sign_in
from results.identity import IdentityNumber, InvalidIdentityNumber, parse

REQUIRED_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Login:
    """What the provider vouched for; the callback keeps it when login is complete."""

    provider: str
    security_level: int
    organization_number: str


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
            "OIDC_AUTH_REQUEST_EXTRA_PARAMS": {"acr_values": self.provider.acr_values},
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
        form["client_assertion_type"] = ASSERTION_TYPE
        form["client_assertion"] = client_assertion(self.provider)
        status, answer = post_form(
            self.provider, self.publication.endpoint("token_endpoint"), form
        )
        if status != 200:
            raise LoginRefused(Refusal.CODE_REFUSED)
        return answer

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
        level = self.level_of(payload)
        if level < REQUIRED_LEVEL:
            raise LoginRefused(Refusal.LEVEL_TOO_LOW)
        user = sign_in(
            issuer=self.provider.issuer,
            subject=payload["sub"],
            name=_text(payload, "name"),
            number=self.number_of(payload),
            hpr_number=self.hpr_number_of(payload),
        )
        if not user.is_active:
            raise LoginRefused(Refusal.USER_DISABLED)
        self.request.oidc_login = Login(
            provider=self.provider_key,
            security_level=level,
            organization_number=self.organization_number_of(payload),
        )
        return user

    def get_user(self, user_id: object) -> User | None:
        user: User | None = super().get_user(user_id)
        # The base class would keep a disabled user in until the session ends.
        return user if user and user.is_active else None

    def level_of(self, claims: dict[str, Any]) -> int:
        raise NotImplementedError

    def number_of(self, claims: dict[str, Any]) -> IdentityNumber:
        raise NotImplementedError

    def hpr_number_of(self, claims: dict[str, Any]) -> str:
        return ""

    def organization_number_of(self, claims: dict[str, Any]) -> str:
        return ""


class HelseIDBackend(ProviderBackend):
    """Health personnel, and those who administer."""

    provider_key = "helseid"

    def level_of(self, claims: dict[str, Any]) -> int:
        level = _text(claims, "helseid://claims/identity/security_level")
        return int(level) if level in {"2", "3", "4"} else 0

    def number_of(self, claims: dict[str, Any]) -> IdentityNumber:
        return _number(claims, "helseid://claims/identity/pid")

    def hpr_number_of(self, claims: dict[str, Any]) -> str:
        return _text(claims, "helseid://claims/hpr/hpr_number")

    def organization_number_of(self, claims: dict[str, Any]) -> str:
        return _text(claims, "helseid://claims/client/claims/orgnr_parent")


class IDPortenBackend(ProviderBackend):
    """Citizens. ID-porten tells no name; the register of patients does."""

    provider_key = "idporten"
    _LEVELS: ClassVar = {"idporten-loa-substantial": 3, "idporten-loa-high": 4}

    def level_of(self, claims: dict[str, Any]) -> int:
        return self._LEVELS.get(_text(claims, "acr"), 0)

    def number_of(self, claims: dict[str, Any]) -> IdentityNumber:
        return _number(claims, "pid")


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _number(claims: dict[str, Any], name: str) -> IdentityNumber:
    try:
        return parse(
            _text(claims, name), allow_test_numbers=settings.ALLOW_TEST_NUMBERS
        )
    except InvalidIdentityNumber as error:
        raise LoginRefused(Refusal.IDENTITY_NUMBER) from error
