"""The decision: a pure function over facts that refuses unless a rule permits."""

from dataclasses import replace

from access.rules import RULES
from access.rules.ground import refuse
from access.terms import AccessRequest, Facts, Reason, Verdict


def decide(request: AccessRequest, facts: Facts) -> Verdict:
    """The first refusal, else the first permit, else a refusal (`NO_RULE`)."""
    verdicts = [v for rule in RULES if (v := rule(request, facts)) is not None]
    refusals = (v for v in verdicts if not v.is_permitted)
    verdict = next(refusals, None) or next(iter(verdicts), _NO_RULE)
    return replace(verdict, policy_version=facts.policies.version)


_NO_RULE = refuse(Reason.NO_RULE, rule="none")
