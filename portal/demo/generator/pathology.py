"""Biopsies and smears, in the words of a pathologist."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from portal.demo.generator.desk import Desk
from portal.demo.generator.drafts import (
    NLK,
    NORPAT,
    PATHOLOGY_EXAMINATION,
    Code,
    Result,
    Specimen,
    local_code,
)
from portal.demo.generator.services import FJORDLAB_PATHOLOGY, Dispatch

_MACROSCOPY = Code("MA", PATHOLOGY_EXAMINATION, "Makroskopisk undersøkelse")
_MICROSCOPY = Code("MI", PATHOLOGY_EXAMINATION, "Mikroskopisk undersøkelse")


@dataclass(frozen=True, slots=True)
class Biopsy:
    """One tissue answer. The codes are written for the demonstration, in NORPAT's form:
    T site, M finding, P procedure."""

    reason: str
    material: str
    origin: str
    macroscopy: str
    microscopy: str
    diagnosis: str
    codes: tuple[tuple[str, str], ...]
    comment: str = ""


_SKIN = (
    Biopsy(
        reason="Brunsvart flekk på ryggen som har vokst siste halvår.",
        material="Hudbiopsi",
        origin="Rygg, venstre skulderblad",
        macroscopy="Hudellipse 14 x 8 x 5 mm med en 5 mm stor, brun, litt hevet "
        "lesjon sentralt. Preparatet er merket i kantene og bygd inn i sin helhet.",
        microscopy="Snittene viser hud med reir av modne melanocytter langs "
        "overgangssonen og i øvre dermis. Cellene modnes mot dypet. Det er ingen "
        "mitoser, ingen atypi av betydning og ingen spredning oppover i epidermis. "
        "Lesjonen når ikke kantene.",
        diagnosis="Hud, rygg: Sammensatt nevus. Fjernet med fri margin.",
        codes=(("T02450", "hud, rygg"), ("M87600", "sammensatt nevus")),
    ),
    Biopsy(
        reason="Sår på nesen som ikke gror.",
        material="Stansebiopsi av hud",
        origin="Nese, høyre side",
        macroscopy="Hudsylinder 4 mm i diameter og 5 mm lang. Delt i to.",
        microscopy="Fra epidermis utgår knopper av basaloide celler med palisadestilte "
        "kjerner og spalter mot omgivende stroma. Solskadet bindevev.",
        diagnosis="Hud, nese: Basalcellekarsinom, nodulær type. Når sidekanten.",
        codes=(("T02140", "hud, nese"), ("M80903", "basalcellekarsinom")),
        comment="Fullstendig fjerning anbefales.",
    ),
)
_COLON = Biopsy(
    reason="Blod i avføringen. Koloskopi viser polypp i sigmoideum.",
    material="Polypp",
    origin="Colon sigmoideum, 32 cm",
    macroscopy="Polypp 9 mm i diameter med 4 mm lang stilk. Delt på langs gjennom "
    "stilken.",
    microscopy="Tarmslimhinne med tubulære kjertler, kledd av epitel med avlange, "
    "hyperkromatiske kjerner. Kjernene ligger i nedre halvdel av cellene. Stilken er "
    "uten epitelforandringer.",
    diagnosis="Colon sigmoideum: Tubulært adenom med lavgradig dysplasi. Fri "
    "reseksjonskant.",
    codes=(("T67700", "colon sigmoideum"), ("M82110", "tubulært adenom")),
    comment="Kontroll etter nasjonale retningslinjer.",
)


def skin_biopsy(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """A mole or a sore."""
    yield _histology(desk, taken_at, desk.chance.choice(_SKIN))


def colon_biopsy(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """A polyp."""
    yield _histology(desk, taken_at, _COLON)


def cervical_smear(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """The screening: HPV first, and cells where it is found."""
    has_virus = desk.chance.random() < 0.2
    virus = Result(
        Code("NPU12683", NLK, "Us-Papillomavirus DNA"),
        text="Påvist" if has_virus else "Ikke påvist",
        heading="LR",
        deviation="3" if has_virus else "",
        specimen_id="1",
    )
    report = desk.report(
        FJORDLAB_PATHOLOGY,
        taken_at,
        type_code="CYTO",
        reason="Livmorhalsprogrammet, ingen plager.",
        specimens=(
            Specimen(
                id="1",
                text="Væskebasert cytologi",
                origin="Cervix uteri",
                collected_at=taken_at,
            ),
        ),
        results=(virus, *(_smear(desk, taken_at) if has_virus else ())),
        comment="Ny prøve om ett år."
        if has_virus
        else "Ny prøve om fem år etter Livmorhalsprogrammet.",
    )
    yield desk.dispatch(FJORDLAB_PATHOLOGY, report)


def _smear(desk: Desk, taken_at: datetime.datetime) -> tuple[Result, ...]:
    cells = Result(
        Code("VC", PATHOLOGY_EXAMINATION, "Væskebasert cytologi"),
        text="Egnet for vurdering. Plateepitelceller og endocervikale celler uten "
        "holdepunkt for dysplasi eller malignitet.",
        heading="DIAG",
        value_codes=(Code("M00100", NORPAT, "normal morfologi"),),
        specimen_id="1",
        status="11",
        examined_at=desk.ready(FJORDLAB_PATHOLOGY, taken_at),
    )
    return (cells,)


def _histology(desk: Desk, taken_at: datetime.datetime, biopsy: Biopsy) -> Dispatch:
    answered_at = desk.ready(FJORDLAB_PATHOLOGY, taken_at)
    answer = Result(
        Code("A", PATHOLOGY_EXAMINATION, "Histologisk undersøkelse"),
        examined_at=answered_at,
        status="11",
        specimen_id="1",
        comment=biopsy.comment,
        responsible=FJORDLAB_PATHOLOGY.responsible,
        members=(_diagnosis(biopsy), *_descriptions(biopsy)),
    )
    specimen = Specimen(
        id="1",
        text=biopsy.material,
        origin=biopsy.origin,
        collected_at=taken_at,
        comment="Formalinfiksert",
    )
    report = desk.report(
        FJORDLAB_PATHOLOGY,
        taken_at,
        type_code="HIST",
        reason=biopsy.reason,
        specimens=(specimen,),
        results=(answer,),
    )
    return desk.dispatch(FJORDLAB_PATHOLOGY, report)


def _diagnosis(biopsy: Biopsy) -> Result:
    return Result(
        local_code("Diagnose"),
        text=biopsy.diagnosis,
        heading="DIAG",
        value_codes=tuple(Code(code, NORPAT, words) for code, words in biopsy.codes),
        specimen_id="1",
        status="11",
    )


def _descriptions(biopsy: Biopsy) -> tuple[Result, ...]:
    return tuple(
        Result(code, text=words, heading="FU", specimen_id="1", status="11")
        for code, words in (
            (_MACROSCOPY, biopsy.macroscopy),
            (_MICROSCOPY, biopsy.microscopy),
        )
    )
