"""The shape of a rule: it permits, refuses, or has nothing to say."""

from collections.abc import Callable

from access.terms import AccessRequest, Facts, Reason, Verdict

Rule = Callable[[AccessRequest, Facts], Verdict | None]


def refuse(reason: Reason, *, rule: str) -> Verdict:
    """A refusal; no permit from another rule outweighs it."""
    return Verdict(is_permitted=False, reason=reason, rule=rule)


def permit(*, rule: str) -> Verdict:
    """A permit; it stands unless a rule refuses."""
    return Verdict(is_permitted=True, reason=Reason.PERMITTED, rule=rule)
