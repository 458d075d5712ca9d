"""Cultures with resistance, and PCR for throat and airways."""

import datetime
from collections.abc import Iterator
from dataclasses import replace

from portal.demo.generator import versions
from portal.demo.generator.desk import Desk
from portal.demo.generator.drafts import (
    NLK,
    REPORT_COMMENT,
    RESISTANCE,
    SPECIMEN_MATERIAL,
    Code,
    Result,
    Specimen,
    local_code,
)
from portal.demo.generator.services import NORDLAB_MICROBIOLOGY, Dispatch

_ANSWER = {
    "S": "Sensitiv, standarddose",
    "I": "Sensitiv, økt eksponering",
    "R": "Resistent",
}
_CULTURE = Code("NPU06073", NLK, "U-Bakterier dyrkning")
# Agent, code, MIC when sensitive, MIC when not, how often E. coli is not sensitive.
_AGENTS = (
    ("Us-Ampicillin", "NPU54371", ("2", "4"), (">16", ">16"), "R", 0.40),
    ("Us-Mecillinam", "NPU54389", ("0,25", "0,5"), ("16", ">16"), "R", 0.06),
    ("Us-Nitrofurantoin", "NPU54393", ("16", "32"), ("128", "128"), "R", 0.03),
    ("Us-Trimetoprim", "NPU54403", ("0,5", "1"), (">16", ">16"), "R", 0.24),
    ("Us-Ciprofloksacin", "NPU54378", ("0,016", "0,06"), ("0,5", "0,5"), "I", 0.12),
    ("Us-Cefotaksim", "NPU54407", ("0,06", "0,12"), (">8", ">8"), "R", 0.05),
    ("Us-Gentamicin", "NPU60901", ("0,5", "1"), ("8", ">8"), "R", 0.05),
)
_NOTIFIED = "MSIS-melding - klinikermelding skal ikke sendes"
_THROAT = (
    ("NPU62003", "Us-Streptococcus pyogenes DNA", 0.35),
    ("NPU12748", "Us-Mycoplasma pneumoniae DNA", 0.06),
)
_AIRWAYS = (
    ("NPU27654", "Us-Influensa A virus RNA", 0.22),
    ("NPU27655", "Us-Influensa B virus RNA", 0.08),
    ("NPU59097", "Us-SARS-CoV-2 RNA", 0.18),
    ("NPU28217", "Us-Respiratorisk syncytial virus RNA", 0.08),
    ("NPU28215", "Us-Metapneumovirus RNA", 0.05),
    ("NPU58986", "Us-Rhinovirus RNA", 0.15),
)


def urine_culture(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """Growth told first, then which microbe and what bites on it: N/P, then M/F."""
    service = NORDLAB_MICROBIOLOGY
    growth = _growth(desk)
    final = desk.report(
        service,
        taken_at,
        type_code="MBIO",
        reason="Svie ved vannlating og hyppig vannlating i to døgn.",
        specimens=(desk.specimen("U", taken_at),),
        results=growth,
        comment="Utført etter standard metode. Brytningspunkter etter NordicAST.",
    )
    waiting = Result(
        _CULTURE,
        text="Vekst av gramnegative staver, identifikasjon følger",
        heading="LR",
        specimen_id="U",
        id="1",
    )
    first = versions.preliminary(final, (waiting,), "Foreløpig svar. Mer følger.")
    sent = desk.dispatch(service, first)
    yield sent
    later = datetime.timedelta(hours=desk.chance.randint(20, 30))
    yield Dispatch(sent.at + later, service, versions.completed(final))


def _growth(desk: Desk) -> tuple[Result, ...]:
    amount = Result(
        local_code("Mengde"), text="> 100 000 CFU/mL", specimen_id="U", status="3"
    )
    microbe = Result(
        _CULTURE,
        text="Escherichia coli",
        heading="LR",
        id="1",
        specimen_id="U",
        is_accredited=True,
        members=(amount,),
    )
    answers = tuple(_answer(desk, *agent) for agent in _AGENTS)
    # Both ways are met: under the microbe, or flat with a reference to it.
    if desk.chance.random() < 0.5:
        return (replace(microbe, members=(amount, *answers)),)
    return (microbe, *(replace(answer, refers_to="1") for answer in answers))


def _answer(
    desk: Desk,
    name: str,
    code: str,
    low: tuple[str, str],
    high: tuple[str, str],
    otherwise: str,
    share: float,
) -> Result:
    is_sensitive = desk.chance.random() >= share
    letter = "S" if is_sensitive else otherwise
    return Result(
        Code(code, NLK, name),
        text=desk.chance.choice(low if is_sensitive else high),
        heading="RSB",
        unit="mg/L",
        value_codes=(Code(letter, RESISTANCE, _ANSWER[letter]),),
        specimen_id="U",
    )


def throat_swab(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """PCR of a sore throat."""
    yield _pcr(desk, taken_at, _THROAT, "Vondt i halsen og feber, 39 grader.")


def airways_swab(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """PCR for what goes round in winter."""
    yield _pcr(desk, taken_at, _AIRWAYS, "Hoste, feber og muskelverk.")


def _pcr(
    desk: Desk,
    taken_at: datetime.datetime,
    agents: tuple[tuple[str, str, float], ...],
    reason: str,
) -> Dispatch:
    results = tuple(_detected(desk, *agent) for agent in agents)
    is_notifiable = any(
        result.text == "Påvist" and "Influensa" in result.code.display
        for result in results
    )
    comments = (Code("MSIS-UM", REPORT_COMMENT, _NOTIFIED),)
    swab = Specimen(
        id="1",
        material=Code("HNX", SPECIMEN_MATERIAL, "Hals+nasopharynxsekret"),
        collected_at=taken_at,
    )
    report = desk.report(
        NORDLAB_MICROBIOLOGY,
        taken_at,
        type_code="MBIO",
        reason=reason,
        specimens=(swab,),
        results=results,
        coded_comments=comments if is_notifiable else (),
    )
    return desk.dispatch(NORDLAB_MICROBIOLOGY, report)


def _detected(desk: Desk, code: str, name: str, share: float) -> Result:
    is_found = desk.chance.random() < share
    return Result(
        Code(code, NLK, name),
        text="Påvist" if is_found else "Ikke påvist",
        heading="LR",
        deviation="3" if is_found else "",
        specimen_id="1",
        is_accredited=True,
    )
