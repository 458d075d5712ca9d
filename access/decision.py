"""The decision: a pure function over facts that refuses unless a rule permits."""

import uuid
from dataclasses import replace

from access.rules import RULES
from access.rules.ground import refuse
from access.terms import (
    PLAIN_BASIS,
    AccessBasis,
    AccessRequest,
    Action,
    Facts,
    PurposeOfUse,
    Reason,
    Verdict,
)


def decide(request: AccessRequest, facts: Facts) -> Verdict:
    """The first refusal, else the first permit, else a refusal (`NO_RULE`)."""
    verdicts = [v for rule in RULES if (v := rule(request, facts)) is not None]
    refusals = (v for v in verdicts if not v.is_permitted)
    verdict = next(refusals, None) or next(iter(verdicts), _NO_RULE)
    if verdict.is_permitted and is_unneeded(request, facts):
        verdict = replace(verdict, reason=Reason.ELEVATION_UNNEEDED)
    return replace(
        verdict,
        policy_version=facts.policies.version,
        obligations=_obligations(request, facts, verdict),
    )


def may_show(
    request: AccessRequest, facts: Facts, *, report_id: uuid.UUID, category: str
) -> bool:
    """Whether a list may hold this report: exactly when it may be opened."""
    opening = replace(request, action=Action.OPEN_REPORT, report_id=report_id)
    return decide(opening, replace(facts, report_category=category)).is_permitted


def may_know(
    request: AccessRequest, facts: Facts, *, report_id: uuid.UUID, category: str
) -> bool:
    """Whether a citizen may be told that this report is there, shown or not yet."""
    asking = replace(request, action=Action.READ_RELEASE, report_id=report_id)
    return decide(asking, replace(facts, report_category=category)).is_permitted


def with_consent(request: AccessRequest, facts: Facts) -> AccessRequest:
    """Where nothing is stated, the consent kept for the course of treatment is."""
    if request.basis is not None or not facts.has_consent:
        return request
    return replace(
        request,
        basis=AccessBasis.CONSENT,
        purpose=request.purpose or PurposeOfUse.TREAT,
    )


def is_unneeded(request: AccessRequest, facts: Facts) -> bool:
    """Whether an elevated basis is stated where nothing is closed to this viewer."""
    return (
        request.action is Action.OPEN_PATIENT
        and request.basis in PLAIN_BASIS
        and not facts.limits.close_something
    )


def settle(request: AccessRequest, facts: Facts) -> AccessRequest:
    """An elevation that opens nothing is the plain basis. Where nobody is to know that
    something is closed it stands as stated, or its fate would tell."""
    if request.basis is None or not is_unneeded(request, facts):
        return request
    if not facts.policies.may_see_that_restricted:
        return request
    is_override = request.purpose is PurposeOfUse.BTG
    return replace(
        request,
        basis=PLAIN_BASIS[request.basis],
        purpose=PurposeOfUse.ETREAT if is_override else request.purpose,
    )


def _obligations(
    request: AccessRequest, facts: Facts, verdict: Verdict
) -> frozenset[str]:
    """What goes with the answer: it is always logged, and shown to the patient."""
    always = {"log", "show_in_patient_log"}
    if not verdict.is_permitted or request.action is not Action.OPEN_PATIENT:
        return frozenset(always)
    stated = settle(request, facts)
    if stated.basis not in PLAIN_BASIS:
        return frozenset(always | {"expire"})
    with_review = {"explain", "review"} if stated.purpose is PurposeOfUse.BTG else set()
    return frozenset(always | {"expire", "notify_patient"} | with_review)


_NO_RULE = refuse(Reason.NO_RULE, rule="none")
