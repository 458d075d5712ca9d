"""The same login with another organisation or attestation in its token."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from access.authentication.dpop import thumbprint_of
from access.authentication.exchange import Tokens, refresh
from access.authentication.organizations import (
    ActingFor,
    organization_details,
    organization_in,
)
from access.authentication.providers import Provider, provider_of
from access.authentication.refusals import LoginRefused, Refusal
from access.authentication.sessions import (
    Session,
    keep_refresh_token,
    refresh_token_of,
)
from access.authentication.tokens import verify_access_token


def may_renew(session: Session) -> bool:
    """Whether the provider has given this login a refresh token."""
    return bool(refresh_token_of(session))


def renew_login(
    session: Session,
    *,
    acting_for: ActingFor,
    attestation: Mapping[str, Any] | None = None,
) -> ActingFor:
    """Let HelseID vouch for the organisation; gives what it vouched for.

    That, and not what was asked, is what the session then holds. Raises LoginRefused:
    ORGANIZATION_REFUSED when HelseID vouches for another or for none, REFRESH_MISSING
    or REFRESH_REFUSED when only a new login will do.
    """
    provider = provider_of(str(session.get("provider")))
    tokens = _refreshed(provider, session, acting_for, attestation)
    claims = _claims_of(tokens, provider)
    if claims["sub"] != session.get("subject"):
        raise LoginRefused(Refusal.OTHER_PERSON)
    vouched = organization_in(claims)
    if not _is_what_was_asked(vouched, acting_for):
        raise LoginRefused(Refusal.ORGANIZATION_REFUSED)
    session["organization_number"] = vouched.legal_entity
    session["point_of_care_number"] = vouched.point_of_care
    return vouched


def _refreshed(
    provider: Provider,
    session: Session,
    acting_for: ActingFor,
    attestation: Mapping[str, Any] | None,
) -> Tokens:
    refresh_token = refresh_token_of(session)
    if not refresh_token:
        raise LoginRefused(Refusal.REFRESH_MISSING)
    details = [dict(attestation)] if attestation else []
    if acting_for.point_of_care or provider.tenancy != "single":
        details.insert(0, organization_details(provider, acting_for))
    try:
        tokens = refresh(provider, refresh_token, details=details)
    except LoginRefused as error:
        if error.refusal is Refusal.REFRESH_REFUSED:
            keep_refresh_token(session, "")
        raise
    # Most providers give a new one each time, and the old one is then spent.
    if tokens.refresh_token:
        keep_refresh_token(session, tokens.refresh_token)
    return tokens


def _claims_of(tokens: Tokens, provider: Provider) -> dict[str, Any]:
    """HelseID answers 200 also when it grants less than was asked: a token that is not
    for us, because the organisation has not signed the terms, is such an answer."""
    if tokens.scopes and not tokens.scopes.issuperset(_api_scopes(provider)):
        raise LoginRefused(Refusal.ORGANIZATION_REFUSED)
    try:
        claims = verify_access_token(
            tokens.access_token, provider=provider, audience=settings.API_AUDIENCE
        )
    except LoginRefused as error:
        if error.refusal is Refusal.TOKEN_AUDIENCE:
            raise LoginRefused(Refusal.ORGANIZATION_REFUSED) from error
        raise
    confirmation = claims.get("cnf")
    bound_to = confirmation.get("jkt") if isinstance(confirmation, dict) else None
    if provider.uses_dpop and bound_to != thumbprint_of(provider.client_key):
        raise LoginRefused(Refusal.TOKEN_NOT_BOUND)
    return claims


def _api_scopes(provider: Provider) -> set[str]:
    about_the_person = {"openid", "profile", "offline_access"}
    return {s for s in provider.scopes.split() if "://" not in s} - about_the_person


def _is_what_was_asked(vouched: ActingFor, asked: ActingFor) -> bool:
    if vouched.legal_entity != asked.legal_entity:
        return False
    return not asked.point_of_care or vouched.point_of_care == asked.point_of_care
