"""The decision: a pure function over facts that refuses unless a rule permits."""

from access.rules import RULES
from access.rules.ground import refuse
from access.terms import AccessRequest, Facts, Reason, Verdict


def decide(request: AccessRequest, facts: Facts) -> Verdict:
    """The first refusal, else the first permit, else a refusal (`NO_RULE`)."""
    verdicts = [v for rule in RULES if (v := rule(request, facts)) is not None]
    for verdict in verdicts:
        if not verdict.is_permitted:
            return verdict
    return verdicts[0] if verdicts else refuse(Reason.NO_RULE, rule="none")
