"""Antibodies, levels of medicines and genes."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from portal.demo.generator.desk import Desk
from portal.demo.generator.drafts import NLK, Code, Result, local_code
from portal.demo.generator.measuring import measure
from portal.demo.generator.services import (
    FJORDLAB_GENETICS,
    FJORDLAB_IMMUNOLOGY,
    FJORDLAB_PHARMACOLOGY,
    Dispatch,
    Service,
)

_TITRES = ("160", "320", "640")


def coeliac(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """Anti-TG2: mostly low, now and then plainly raised."""
    is_raised = desk.chance.random() < 0.15
    level = desk.chance.uniform(24, 150) if is_raised else desk.chance.uniform(0.4, 3)
    result = _measured(desk, "ttg", level)
    if is_raised:
        advice = "Høy verdi gir mistanke om cøliaki. Henvisning til gastroskopi bør "
        result = replace(result, comment=f"{advice}vurderes før glutenfri kost.")
    yield _answered(
        desk,
        FJORDLAB_IMMUNOLOGY,
        taken_at,
        type_code="IMTR",
        reason="Jernmangel og magesmerter. Cøliaki?",
        results=(result,),
    )


def antinuclear_antibodies(
    desk: Desk, taken_at: datetime.datetime
) -> Iterator[Dispatch]:
    """ANA: a screen, and titre and pattern where it is positive; CCP beside them."""
    is_positive = desk.chance.random() < 0.35
    screen = Result(
        Code("NPU28706", NLK, "P-ANA HEp-2 screen"),
        text="Positiv" if is_positive else "Negativ",
        heading="LR",
        deviation="3" if is_positive else "",
        specimen_id="S",
        members=_titre(desk) if is_positive else (),
    )
    group = Result(
        local_code("Autoantistoffer"),
        heading="GR",
        members=(screen, _measured(desk, "ccp", desk.chance.uniform(0.5, 4))),
    )
    yield _answered(
        desk,
        FJORDLAB_IMMUNOLOGY,
        taken_at,
        type_code="IMTR",
        reason="Leddsmerter og morgenstivhet.",
        results=(group,),
    )


def _titre(desk: Desk) -> tuple[Result, ...]:
    strength = Result(
        Code("NPU28707", NLK, "P-ANA HEp-2 titer"),
        text=f"1:{desk.chance.choice(_TITRES)}",
        specimen_id="S",
        reference="< 1:160",
    )
    pattern = Result(
        Code("NPU59220", NLK, "P-ANA mønster"),
        text=desk.chance.choice(("Homogent", "Kornet", "Centromer")),
        specimen_id="S",
    )
    return strength, pattern


def lithium(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """The level of lithium, against the therapeutic range."""
    result = _measured(desk, "lithium", desk.chance.gauss(0.72, 0.14))
    yield _answered(
        desk,
        FJORDLAB_PHARMACOLOGY,
        taken_at,
        type_code="FARM",
        reason="Litium 83 mg, 2 + 2 tabletter. Prøve 12 timer etter siste dose.",
        results=(
            replace(result, comment="Referanseområdet er det terapeutiske området."),
        ),
    )


def inherited_clotting(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """One gene variant, told in a text with method and meaning."""
    has_variant = desk.chance.random() < 0.3
    finding = (
        "Varianten er påvist i heterozygot form."
        if has_variant
        else "Varianten er ikke påvist."
    )
    meaning = (
        "Heterozygote bærere har om lag fem ganger så høy risiko for venøs blodpropp. "
        "Førstegradsslektninger kan tilbys undersøkelse."
        if has_variant
        else "Resultatet gir ikke holdepunkt for arvelig økt risiko knyttet til denne "
        "varianten."
    )
    results = (
        Result(
            Code("NPU19270", NLK, "DNA-F5 Leiden (c.1601G>A)"),
            text=finding,
            heading="LR",
            deviation="3" if has_variant else "",
            specimen_id="B",
        ),
        Result(local_code("Vurdering"), text=meaning, heading="VU"),
        Result(
            local_code("Metode"),
            text="Sanntids-PCR med smeltepunktanalyse. Påviser bare den oppgitte "
            "varianten.",
            heading="MET",
        ),
    )
    yield _answered(
        desk,
        FJORDLAB_GENETICS,
        taken_at,
        type_code="MGEN",
        reason="Dyp venetrombose hos mor. Utredning.",
        results=results,
        material="B",
    )


def _measured(desk: Desk, key: str, level: float) -> Result:
    is_female = desk.citizen.person.is_female
    return measure(key, level, is_female=is_female, specimen_id="S")


def _answered(
    desk: Desk,
    service: Service,
    taken_at: datetime.datetime,
    *,
    type_code: str,
    reason: str,
    results: tuple[Result, ...],
    material: str = "S",
) -> Dispatch:
    report = desk.report(
        service,
        taken_at,
        type_code=type_code,
        reason=reason,
        results=results,
        specimens=(desk.specimen(material, taken_at),),
    )
    return desk.dispatch(service, report)
