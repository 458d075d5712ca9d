"""Composes the reports about one citizen: ids, requisition, specimens, times."""

import datetime
import random
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from portal.demo.generator.drafts import (
    SPECIMEN_MATERIAL,
    Code,
    Contact,
    Report,
    Requisition,
    Result,
    Specimen,
)
from portal.demo.generator.population import INGRID_HAUG, Citizen
from portal.demo.generator.services import Dispatch, Service

_MATERIALS = {"B": "Blod", "P": "Plasma", "S": "Serum", "U": "Urin"}


class Desk:
    """One citizen's requisitions and answers; all chance comes from `chance`."""

    def __init__(self, citizen: Citizen, chance: random.Random) -> None:
        self.citizen = citizen
        self.chance = chance
        self._sequence = 0

    def identifier(self) -> str:
        """A UUID of this citizen's own chance."""
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def specimen(self, material: str, taken_at: datetime.datetime) -> Specimen:
        """Blood, plasma, serum or urine, under its letter in Volven 8351."""
        return Specimen(
            id=material,
            material=Code(material, SPECIMEN_MATERIAL, _MATERIALS[material]),
            collected_at=taken_at,
        )

    def report(
        self,
        service: Service,
        taken_at: datetime.datetime,
        *,
        type_code: str,
        reason: str,
        results: Iterable[Result],
        specimens: Iterable[Specimen] = (),
        is_from_hospital: bool = False,
        **fields: Any,  # noqa: ANN401 – any other field of Report
    ) -> Report:
        """A final report, issued when the department usually has its answer ready."""
        doctor = INGRID_HAUG if is_from_hospital else self.citizen.doctor
        issued_at = self.ready(service, taken_at)
        report = Report(
            id=self._report_id(service, taken_at),
            type_code=type_code,
            person=self.citizen.person,
            sender=service.sender,
            recipient=_address_of(doctor),
            issued_at=issued_at,
            approved_at=issued_at,
            requisition=self._requisition(taken_at, reason),
            requester=doctor,
            specimens=tuple(specimens),
            results=tuple(
                replace(result, id=result.id or str(number))
                for number, result in enumerate(results, start=1)
            ),
            responsible=service.responsible,
        )
        return replace(report, **fields)

    def ready(self, service: Service, taken_at: datetime.datetime) -> datetime.datetime:
        """When the department has its answer: its usual hours, give or take."""
        minutes = service.hours * 60 * self.chance.uniform(0.8, 1.3)
        return _within_hours(taken_at + datetime.timedelta(minutes=round(minutes)))

    def dispatch(self, service: Service, report: Report) -> Dispatch:
        """The report on its way a little after it was issued."""
        wait = datetime.timedelta(seconds=self.chance.randint(20, 900))
        return Dispatch(report.issued_at + wait, service, report)

    def _report_id(self, service: Service, taken_at: datetime.datetime) -> str:
        self._sequence += 1
        tail = f"{self.chance.getrandbits(32):08X}"
        return f"{service.prefix}{taken_at:%y%m%d}-{tail}{self._sequence:03d}"

    def _requisition(self, taken_at: datetime.datetime, reason: str) -> Requisition:
        return Requisition(
            id=self.identifier(),
            issued_on=taken_at.date(),
            received_at=taken_at + datetime.timedelta(minutes=95),
            id_by_laboratory=f"{self.chance.randrange(10**8):08d}",
            reason=reason,
        )


def _address_of(doctor: Contact) -> Contact:
    return replace(doctor, relation="")


def _within_hours(moment: datetime.datetime) -> datetime.datetime:
    """Nobody signs at night: what is ready then is signed in the morning."""
    if moment.hour >= 22:
        moment += datetime.timedelta(hours=9)
    elif moment.hour < 7:
        moment += datetime.timedelta(hours=7 - moment.hour)
    return moment
