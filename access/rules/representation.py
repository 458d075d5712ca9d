"""«Representasjon»: may this citizen see that one's answers, and what of them?

Ages are of the moment asked, by the birthday in Norway; nothing is carried from login.
To see is not to change. Protection of an address, a care order and a youth's no are
never told to the one who is refused (`access.lookup.answers.told`): the code is for
the log.
"""

import datetime

from django.utils import timezone

from access.representation import (
    ADULT_IN_HEALTH,
    MAJORITY,
    Held,
    PeopleFacts,
    ReportMarking,
    RepresentationBasis,
)
from access.rules.ground import permit, refuse
from access.switches import Policies
from access.terms import (
    ABOUT_LIMITS,
    ABOUT_ONE_REPORT,
    OVER_SEVERAL,
    AccessRequest,
    Action,
    Facts,
    Reason,
    Verdict,
    ViewerKind,
)

_SEEING = (
    *OVER_SEVERAL,
    Action.OPEN_REPORT,
    Action.ASK_FIRST,
    Action.OPEN_ATTACHMENT,
    Action.TAKE_REPORT,
    Action.READ_RELEASE,
    Action.CHOOSE_PERSON,
)
# A youth who is not shown answers here still sees who looked, and closes.
_FOR_EVERYBODY = (
    Action.READ_ACCESS_LOG,
    Action.CHOOSE_PERSON,
    Action.READ_REPRESENTATION,
    Action.SET_REPRESENTATION,
    Action.CLOSE_DIGITAL,
    Action.SET_NOTICES,
    *ABOUT_LIMITS,
)
_OPTING_OUT = (Action.RESERVE, Action.END_RESERVATION)


def judge(request: AccessRequest, facts: Facts) -> Verdict | None:
    if request.viewer.kind is not ViewerKind.CITIZEN:
        return None
    if request.viewer.patient_id == request.patient_id:
        reason = _of_oneself(request, facts)
        return refuse(reason, rule="representation") if reason else None
    reason = _of_another(request, facts)
    if reason:
        return refuse(reason, rule="representation")
    return permit(rule="representation")


def standing(request: AccessRequest, facts: Facts) -> Held | None:
    """The representation that permits; where none does, the first that is held."""
    held = facts.people.held
    permits = (one for one in held if not _fault_of(one, request, facts))
    return next(permits, held[0] if held else None)


def _of_oneself(request: AccessRequest, facts: Facts) -> Reason | None:
    people, policies = facts.people, facts.policies
    if people.patient.is_dead:
        return Reason.DECEASED
    age = people.patient.age(_day(request))
    if age is None or request.action in _FOR_EVERYBODY:
        return None
    if age < policies.own_access_from_age:
        return Reason.UNDER_AGE
    is_marked = ReportMarking.NOT_FOR_YOUTH in _markings(request, people)
    return Reason.NOT_FOUND if is_marked and age < ADULT_IN_HEALTH else None


def _of_another(request: AccessRequest, facts: Facts) -> Reason | None:
    people = facts.people
    if not people.held:
        return Reason.NOT_REPRESENTED
    if all(one.is_over for one in people.held):
        return Reason.REPRESENTATION_EXPIRED
    faults = [_fault_of(one, request, facts) for one in people.held if not one.is_over]
    return None if None in faults else faults[0]


def _fault_of(one: Held, request: AccessRequest, facts: Facts) -> Reason | None:
    """Why this representation does not permit it; None when it does."""
    if one.is_over:
        return Reason.REPRESENTATION_EXPIRED
    return _fault_in_standing(one, request, facts) or _fault_in_reach(
        one, request, facts
    )


def _fault_in_standing(
    one: Held, request: AccessRequest, facts: Facts
) -> Reason | None:
    """Whether it counts today, whatever is asked for."""
    people, day = facts.people, _day(request)
    if people.patient.is_address_protected or people.viewer.is_address_protected:
        return Reason.ADDRESS_PROTECTED
    is_after_death = one.basis is RepresentationBasis.AFTER_DEATH
    if people.viewer.is_dead or people.patient.is_dead is not is_after_death:
        return Reason.NOT_REPRESENTED if is_after_death else Reason.DECEASED
    if one.basis is RepresentationBasis.PARENTAL_RESPONSIBILITY:
        return _fault_of_parent(people, facts.policies, day)
    if one.basis is RepresentationBasis.POWER_OF_ATTORNEY:
        is_of_age = _is_at_least(people.patient.age(day), ADULT_IN_HEALTH)
        is_grown = _is_at_least(people.viewer.age(day), MAJORITY)
        return None if is_of_age and is_grown else Reason.NOT_REPRESENTED
    return None


def _fault_of_parent(
    people: PeopleFacts, policies: Policies, day: datetime.date
) -> Reason | None:
    age = people.patient.age(day)
    if age is None:
        return Reason.NOT_REPRESENTED
    if age >= ADULT_IN_HEALTH:
        return Reason.REPRESENTATION_EXPIRED
    if people.patient.is_in_care:
        return Reason.CARE_ORDER
    if age >= policies.parents_until_age:
        return _fault_of_youth(people, policies)
    is_apart = policies.parents_share_address and not people.does_parent_share_address
    return Reason.NO_SHARED_ADDRESS if is_apart else None


def _fault_of_youth(people: PeopleFacts, policies: Policies) -> Reason | None:
    if people.consent is False:
        return Reason.CONSENT_REVOKED
    if people.consent and policies.youth_may_let_parents_see:
        return None
    return Reason.AGE_12_15


def _fault_in_reach(one: Held, request: AccessRequest, facts: Facts) -> Reason | None:
    """Whether what is asked for is within it."""
    action = request.action
    if action is Action.READ_ACCESS_LOG:
        is_shown = facts.policies.representatives_see_log or one.scope.includes_log
        return None if is_shown else Reason.LOG_WITHHELD
    if action in _OPTING_OUT:
        return None if one.may_opt_out else Reason.MAY_ONLY_SEE
    if action is Action.READ_LIMITS and one.may_opt_out:
        return None
    if action in ABOUT_LIMITS:
        return None if one.may_change else Reason.MAY_ONLY_SEE
    if action not in _SEEING:
        return Reason.MAY_ONLY_SEE
    if action in ABOUT_ONE_REPORT:
        return _fault_of_report(one, request, facts)
    return None


def _fault_of_report(one: Held, request: AccessRequest, facts: Facts) -> Reason | None:
    people = facts.people
    is_parent = one.basis is RepresentationBasis.PARENTAL_RESPONSIBILITY
    if is_parent and ReportMarking.NOT_FOR_PARENTS in _markings(request, people):
        return Reason.NOT_FOR_PARENTS
    day = people.report_days.get(request.report_id) if request.report_id else None
    if one.scope.holds(facts.report_category, day):
        return None
    return Reason.OUTSIDE_SCOPE


def _markings(request: AccessRequest, people: PeopleFacts) -> frozenset[str]:
    if request.report_id is None:
        return frozenset()
    return people.markings.get(request.report_id, frozenset())


def _is_at_least(age: int | None, years: int) -> bool:
    return age is not None and age >= years


def _day(request: AccessRequest) -> datetime.date:
    return timezone.localdate(request.at)
