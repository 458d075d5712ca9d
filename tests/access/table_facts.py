"""The requests and facts each situation of the table stands for."""

import datetime
import uuid

from access.limits import Limits
from access.permissions import Permission
from access.release import DecisionKind
from access.terms import AccessBasis, Action, EmergencyReason, PurposeOfUse
from results.vocabulary import ReportStatus
from tests.access.situations import (
    KARI,
    NOW,
    SECOND,
    a_decision,
    a_grant,
    a_release,
    a_request,
    a_role,
    facts,
    kari,
    ola,
)
from tests.access.table import REPORT

ALL = frozenset(Permission)
CLOSED = Limits(is_all_closed=True)
PURPOSES = {
    AccessBasis.EMERGENCY: PurposeOfUse.ETREAT,
    AccessBasis.ELEVATED_EMERGENCY: PurposeOfUse.BTG,
}
AMBULANCE = a_role(role_code="AA", only_in_emergency=True)
# Changes to the viewer, and to the facts.
SITUATIONS = {
    "Lege, ingenting er sperret": ({}, {}),
    "Lege, noe er sperret": ({}, {"limits": CLOSED}),
    "Lege, alt er sperret": ({}, {"limits": CLOSED}),
    "Lege, svaret er sperret": (
        {},
        {"limits": Limits(report_ids=frozenset({REPORT}))},
    ),
    "Lege, fagområdet er sperret": (
        {},
        {"limits": Limits(categories=frozenset({"CLIN"}))},
    ),
    "Lege, et annet fagområde er sperret": (
        {},
        {"limits": Limits(categories=frozenset({"PAT"}))},
    ),
    "Lege som pasienten har blokkert": ({}, {"limits": Limits(is_blocked=True)}),
    "Lege, egne svar": ({"patient_id": KARI}, {}),
    "Ambulansearbeider, ingenting er sperret": ({}, {"role": AMBULANCE}),
    "Ambulansearbeider, noe er sperret": ({}, {"role": AMBULANCE, "limits": CLOSED}),
    "Rolle uten rett til å åpne det sperrede": (
        {},
        {"role": a_role(permissions=ALL - {Permission.ELEVATE})},
    ),
    "Rolle uten rett til fagområdet": (
        {},
        {"role": a_role(by_category={"CLIN": frozenset()})},
    ),
    "Helsesekretær": ({"role_code": "HE"}, {"role": None}),
    "Virksomhet som ikke er godkjent": ({}, {"is_organization_approved": False}),
    "Innlogging på nivå 3": ({"security_level": 3}, {}),
    "Uten HPR-nummer": ({"hpr_number": ""}, {}),
    "Journalsystemet åpnet en annen pasient": (
        {"only_patient_id": uuid.UUID(int=9)},
        {},
    ),
    "Timen er ute": ({}, {"grant": None, "has_expired_grant": True}),
}


def opening_of(situation: str, basis: AccessBasis):
    """Somebody states this basis, with what goes with it."""
    viewer, changed = SITUATIONS[situation]
    request = a_request(
        action=Action.OPEN_PATIENT,
        viewer=ola(**viewer),
        basis=basis,
        purpose=PURPOSES.get(basis, PurposeOfUse.TREAT),
        emergency_reason=EmergencyReason.DANGER,
    )
    return request, facts(**{"grant": None, **changed})


def reading_of(situation: str, basis: AccessBasis):
    """Somebody reads a report of biochemistry, having stated this basis."""
    viewer, changed = SITUATIONS[situation]
    request = a_request(
        action=Action.OPEN_REPORT, viewer=ola(**viewer), report_id=REPORT
    )
    known = {"grant": a_grant(basis=basis), "report_category": "CLIN"}
    return request, facts(**{**known, **changed})


_DAY = datetime.timedelta(days=1)
RELEASES = {
    "Ingen regel holder svaret tilbake": {},
    "En regel holder svaret tilbake, ingen har vurdert det": {"needs_assessment": True},
    "Vurdert": {"needs_assessment": True, "decision": a_decision()},
    "Vurdert, så rettet": {
        "needs_assessment": True,
        "decision": a_decision(),
        "version_id": SECOND,
    },
    "Utsatt til i morgen": {
        "decision": a_decision(DecisionKind.DELAYED, until=NOW + _DAY)
    },
    "Utsatt til nå": {"decision": a_decision(DecisionKind.DELAYED, until=NOW)},
    "Utsatt til det er vurdert": {"decision": a_decision(DecisionKind.DELAYED)},
    "Utsatt av laboratoriet til nå, og en regel holder det tilbake": {
        "needs_assessment": True,
        "decision": a_decision(DecisionKind.DELAYED, until=NOW, version_id=None),
    },
    "Nektet innsyn": {"decision": a_decision(DecisionKind.WITHHELD)},
    "Foreløpig svar i patologi, også når det er vurdert": {
        "category": "PAT",
        "is_unfinished": True,
        "decision": a_decision(),
    },
    "Trukket tilbake": {"status": ReportStatus.CANCELLED},
}


def release_of(situation: str, *, is_citizen: bool):
    """The citizen opens the answer, or Ola does with her consent."""
    known = a_release(**RELEASES[situation])
    request = a_request(
        action=Action.OPEN_REPORT,
        viewer=kari() if is_citizen else ola(),
        report_id=REPORT,
    )
    given = facts(report_category=known.category, releases={REPORT: known})
    return request, given
