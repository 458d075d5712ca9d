"""Blood and urine measured: the panels of a visit, with the laboratory's remarks."""

import datetime
from dataclasses import replace

from portal.demo.generator import panels
from portal.demo.generator.analytes import ANALYTES
from portal.demo.generator.body import Body
from portal.demo.generator.conditions import Condition
from portal.demo.generator.desk import Desk
from portal.demo.generator.drafts import REPORT_COMMENT, Code, Contact, Result, Specimen
from portal.demo.generator.measuring import measure
from portal.demo.generator.services import (
    FJORDLAB_BIOCHEMISTRY,
    NORDLAB_BIOCHEMISTRY,
    Dispatch,
    Service,
)
from portal.demo.generator.span import Span

# Worth a telephone call, whatever the hour.
_ALARMS = {"potassium": 5.4, "inr": 4.0, "crp": 150}
_NOT_ACCREDITED = {"ret", "pth", "saturation"}
_TELEPHONED = Code("TA", REPORT_COMMENT, "Telefonsvar avgitt")
_HAEMOLYSED = "Lett hemolysert prøve. Kan gi for høy verdi."


class Biochemistry:
    """Measures one citizen's body, at Nordlab or at Fjordlab."""

    def __init__(self, desk: Desk, body: Body, span: Span) -> None:
        self._desk = desk
        self._body = body
        self._span = span

    def visit(self, condition: Condition, taken_at: datetime.datetime) -> Dispatch:
        """The condition's panel, as it is that day."""
        levels = self._levels(condition.panel, taken_at)
        return self._answered(
            self._service(condition),
            taken_at,
            levels,
            reason=condition.reason,
            comment=condition.comment,
            is_from_hospital=condition.is_followed_by_hospital,
        )

    def acute(self, taken_at: datetime.datetime) -> tuple[Dispatch, Dispatch]:
        """An infection at its height, and the same six days later."""
        height = self._desk.chance.uniform(45, 190)
        control_at = taken_at + datetime.timedelta(days=6)
        first = self._levels(panels.ACUTE, taken_at)
        first |= {"crp": height, "wbc": 9 + height / 22, "neu": 6 + height / 25}
        later = self._levels(panels.ACUTE, control_at)
        later |= {"crp": height / 9}
        return (
            self._answered(
                NORDLAB_BIOCHEMISTRY,
                taken_at,
                first,
                reason="Feber 39,2, frostanfall. Pneumoni?",
            ),
            self._answered(
                NORDLAB_BIOCHEMISTRY,
                control_at,
                later,
                reason="Kontroll etter antibiotikakur.",
            ),
        )

    def measured_again(self, sent: Dispatch, key: str) -> Result:
        """A new value for one analyte, a little off the one that was sent."""
        wrong = sent.report.results[0]
        return self._measured(
            key,
            float(wrong.number) * 1.06 + 0.2,
            service=sent.service,
        )

    def _levels(
        self, keys: tuple[str, ...], taken_at: datetime.datetime
    ) -> dict[str, float]:
        born = self._desk.citizen.person.birth_date
        age = (taken_at.date() - born).days / 365.25
        return self._body.levels(keys, self._span.share(taken_at), age=age)

    def _service(self, condition: Condition) -> Service:
        if condition.is_followed_by_hospital or self._desk.chance.random() < 0.15:
            return FJORDLAB_BIOCHEMISTRY
        return NORDLAB_BIOCHEMISTRY

    def _answered(
        self,
        service: Service,
        taken_at: datetime.datetime,
        levels: dict[str, float],
        *,
        reason: str,
        comment: str = "",
        is_from_hospital: bool = False,
    ) -> Dispatch:
        is_alarming = any(levels.get(key, 0) > limit for key, limit in _ALARMS.items())
        report = self._desk.report(
            service,
            taken_at,
            type_code="CLIN",
            reason=reason,
            results=(
                replace(self._measured(key, level, service=service), comment=remark)
                for key, level in levels.items()
                for remark in (self._remark(key, comment),)
            ),
            specimens=self._specimens(levels, taken_at),
            is_from_hospital=is_from_hospital,
            copies=self._copies(is_from_hospital),
            coded_comments=(_TELEPHONED,) if is_alarming else (),
        )
        return self._desk.dispatch(service, report)

    def _measured(self, key: str, level: float, *, service: Service) -> Result:
        return measure(
            key,
            level,
            is_female=self._desk.citizen.person.is_female,
            specimen_id=ANALYTES[key].material,
            is_elsewhere=service.is_elsewhere,
            is_accredited=key not in _NOT_ACCREDITED,
        )

    def _remark(self, key: str, comment: str) -> str:
        if key == "potassium" and self._desk.chance.random() < 0.06:
            return _HAEMOLYSED
        return comment

    def _specimens(
        self, levels: dict[str, float], taken_at: datetime.datetime
    ) -> list[Specimen]:
        materials = dict.fromkeys(ANALYTES[key].material for key in levels)
        return [self._desk.specimen(material, taken_at) for material in materials]

    def _copies(self, is_from_hospital: bool) -> tuple[Contact, ...]:
        """What the hospital orders, the patient's own doctor gets a copy of."""
        if not is_from_hospital:
            return ()
        return (replace(self._desk.citizen.doctor, relation=""),)
