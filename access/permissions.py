"""Everything that can be permitted, once."""

import enum


class Permission(enum.StrEnum):
    """A capability of a role in the national policy."""

    OPEN_REPORTS = "open-reports"
    USE_EMERGENCY = "use-emergency"
    ELEVATE = "elevate"
    SET_RESTRICTIONS = "set-restrictions"
    DECIDE_RELEASE = "decide-release"
