"""HelseID's word for the organisation somebody acts for."""

from collections.abc import MutableMapping
from typing import Any

from access.authentication import ActingFor, may_renew, renew_login


def let_helseid_vouch(
    session: MutableMapping[str, Any], organization_number: str
) -> None:
    """Ask, and keep what is vouched for in the session. Raises LoginRefused.

    Not asked where there is nothing to ask with or of: HelseID gave no refresh token,
    an EHR system's own token has vouched already, or the organisation has no number.
    """
    if organization_number and may_renew(session):
        renew_login(session, acting_for=ActingFor(organization_number))
