"""Why somebody was not signed in: a code for the help desk, never a token or number."""

import enum


class Refusal(enum.StrEnum):
    """One code for each ground; `portal.accounts` has the sentence for each."""

    CANCELLED = "CANCELLED"
    STATE_UNKNOWN = "STATE_UNKNOWN"
    PROVIDER_MISMATCH = "PROVIDER_MISMATCH"
    RESPONSE_ISSUER = "RESPONSE_ISSUER"
    RESPONSE_INVALID = "RESPONSE_INVALID"
    PROVIDER_UNAVAILABLE = "PROVIDER_UNAVAILABLE"
    REQUEST_REFUSED = "REQUEST_REFUSED"
    CODE_REFUSED = "CODE_REFUSED"
    REFRESH_MISSING = "REFRESH_MISSING"
    REFRESH_REFUSED = "REFRESH_REFUSED"
    TOKEN_INVALID = "TOKEN_INVALID"  # noqa: S105 - a code, not a secret
    TOKEN_ALGORITHM = "TOKEN_ALGORITHM"  # noqa: S105
    TOKEN_KEY = "TOKEN_KEY"  # noqa: S105
    TOKEN_TYPE = "TOKEN_TYPE"  # noqa: S105
    TOKEN_ISSUER = "TOKEN_ISSUER"  # noqa: S105
    TOKEN_AUDIENCE = "TOKEN_AUDIENCE"  # noqa: S105
    TOKEN_EXPIRED = "TOKEN_EXPIRED"  # noqa: S105
    TOKEN_EARLY = "TOKEN_EARLY"  # noqa: S105
    TOKEN_CLAIM_MISSING = "TOKEN_CLAIM_MISSING"  # noqa: S105
    TOKEN_NONCE = "TOKEN_NONCE"  # noqa: S105
    TOKEN_NOT_BOUND = "TOKEN_NOT_BOUND"  # noqa: S105
    TOKEN_EVENT = "TOKEN_EVENT"  # noqa: S105
    TOKEN_USED = "TOKEN_USED"  # noqa: S105
    LEVEL_TOO_LOW = "LEVEL_TOO_LOW"
    LOGIN_TOO_OLD = "LOGIN_TOO_OLD"
    OTHER_PERSON = "OTHER_PERSON"
    ORGANIZATION_REFUSED = "ORGANIZATION_REFUSED"
    IDENTITY_NUMBER = "IDENTITY_NUMBER"
    USER_DISABLED = "USER_DISABLED"


class LoginRefused(Exception):
    """The login, or the token, is refused; the message is the code and nothing else.

    No SuspiciousOperation: the base backend would swallow it, and the code with it.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
