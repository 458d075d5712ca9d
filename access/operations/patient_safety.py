"""A laboratory puts off an answer of its own, before it comes or after (PTS)."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from access.log import write_entry
from access.models import ReleaseDecision
from access.operations.restrictions import count_release
from access.release import Confidentiality, DecisionKind
from access.rules.ground import permit
from access.terms import AccessRequest, Action, Facts, Viewer, ViewerKind
from results.identity import IdentityNumber
from results.models import Organization
from results.operations import ensure_patient


@dataclass(frozen=True, slots=True)
class Delay:
    """What is put off: a report by its sender's key, or what a requisition brings; to a
    moment, or for so many days after it comes."""

    report_key: str = ""
    requisition_id: str = ""
    until: datetime.datetime | None = None
    days: int | None = None


@transaction.atomic
def delay_own_answer(
    organization_id: uuid.UUID, *, number: IdentityNumber, delay: Delay, system: str
) -> tuple[uuid.UUID, bool]:
    """The decision's key, and whether it is new: what stands already is left as it is.
    It reaches answers from this organisation alone, waives no assessment, and is
    outdone by what a requester decides. Written in the patient's log."""
    patient_id = ensure_patient(number)
    count_release(patient_id)
    names = {
        "patient_id": patient_id,
        "organization_id": organization_id,
        "report_id": None,
        "report_key": delay.report_key,
        "requisition_id": delay.requisition_id,
        "ended_at": None,
    }
    says = {"until": delay.until, "delay_days": delay.days}
    standing = ReleaseDecision.objects.filter(**names)
    same = standing.filter(**says).first()
    if same is not None:
        return same.id, False
    now = timezone.now()
    standing.update(ended_at=now)
    name = Organization.objects.values_list("name", flat=True).get(pk=organization_id)
    made = ReleaseDecision.objects.create(
        **{**names, **says},
        kind=DecisionKind.DELAYED,
        code=Confidentiality.DELAYED,
        decided_at=now,
        organization_name=name,
    )
    viewer = Viewer(
        kind=ViewerKind.SYSTEM,
        name=name,
        organization_id=organization_id,
        organization_name=name,
        calling_system=system,
    )
    request = AccessRequest(Action.DECIDE_RELEASE, viewer, patient_id, now)
    write_entry(request, Facts(), permit(rule="own_answer"))
    return made.id, True
