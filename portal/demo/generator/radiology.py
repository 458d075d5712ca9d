"""Images described: findings and a conclusion, some as plain text, some as XHTML."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from portal.demo.generator.desk import Desk
from portal.demo.generator.drafts import NCRP, Code, Result, local_code
from portal.demo.generator.services import FJORD_IMAGING, Dispatch


@dataclass(frozen=True, slots=True)
class Study:
    """One examination; each finding is a paragraph."""

    type_code: str
    code: Code
    reason: str
    findings: tuple[str, ...]
    conclusion: str
    specifications: tuple[Code, ...] = ()
    information: str = ""


_RIGHT = Code("ZTX0XA", NCRP, "Høyresidig bildediagnostisk undersøkelse")
_CONTRAST = Code("ZTX0EA", NCRP, "Intravenøs kontrast")

_KNEE = Study(
    type_code="MR",
    code=Code("SNG0AG", NCRP, "MR Kne"),
    specifications=(_RIGHT,),
    information="Ingen metall i kroppen, ikke klaustrofobi.",
    reason="Vridningstraume i høyre kne under fotballkamp. Hevelse. Meniskskade?",
    findings=(
        "Moderat økt væskemengde i leddet. Ingen Bakers cyste.",
        "Mediale menisk har en horisontal rift i bakre horn som når underflaten. "
        "Laterale menisk er hel.",
        "Fremre og bakre korsbånd er kontinuerlige med normalt signal. Sidebåndene er "
        "hele.",
        "Brusken er jevn. Lite beinmargsødem medialt i tibiaplatået, ingen brudd.",
    ),
    conclusion="Rift i bakre horn av mediale menisk. Hele korsbånd. Lett "
    "beinmargsødem, ingen brudd.",
)
_CHEST = Study(
    type_code="CT",
    code=local_code("CT Thorax"),
    specifications=(_CONTRAST,),
    information="Ingen kjent kontrastallergi. Bruker warfarin.",
    reason="Tungpustet og tørrhoste i seks uker. Røykte til 2010. Tumor?",
    findings=(
        "Ingen sammenlikningsbilder.",
        "4 mm stor, glatt avgrenset knute i høyre overlapp. Ellers frie lunger, ingen "
        "væske i pleura.",
        "Ingen forstørrede lymfeknuter i mediastinum eller hili.",
        "Moderate kransåreforkalkninger. Normal hjertestørrelse.",
        "Fremstilte deler av øvre abdomen er uten patologiske funn.",
    ),
    conclusion="4 mm lungeknute i høyre overlapp, trolig godartet; kontroll om 12 "
    "måneder etter retningslinjene. Ingen holdepunkter for malignitet for øvrig.",
)
_FOOT = Study(
    type_code="RTG",
    code=Code("SNH0AA", NCRP, "RG Fot"),
    specifications=(_RIGHT,),
    reason="Smerter under forfoten ved belastning. Brudd? Artrose?",
    findings=(
        "Ingen bruddlinjer. Normale akseforhold.",
        "Lett avsmalnet leddspalte og små påleiringer i stortåens grunnledd.",
    ),
    conclusion="Lett artrose i stortåens grunnledd. Ingen brudd påvist.",
)
_ABDOMEN = Study(
    type_code="UL",
    code=Code("SJJ0AK", NCRP, "UL Lever"),
    reason="Kjent nyresykdom. Oppfølging av nyrestørrelse, hydronefrose?",
    findings=(
        "Lever med normal størrelse og jevn, lett økt ekkogenisitet. Ingen fokale "
        "forandringer. Slanke galleganger, stenfri galleblære.",
        "Nyrene måler 9,2 cm på høyre og 9,0 cm på venstre side, med smal bark. Ingen "
        "hydronefrose. En enkel cyste på 2 cm i venstre nyre.",
        "Blæren er uten resturin etter vannlating.",
    ),
    conclusion="Små nyrer med smal bark, forenlig med kronisk nyresykdom. Ingen "
    "hydronefrose. Lett leversteatose.",
)


def knee(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """MR of a twisted knee."""
    yield _described(desk, taken_at, _KNEE)


def chest(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """CT for a cough."""
    yield _described(desk, taken_at, _CHEST)


def foot(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """X-ray of a sore foot."""
    yield _described(desk, taken_at, _FOOT)


def ultrasound(desk: Desk, taken_at: datetime.datetime) -> Iterator[Dispatch]:
    """Ultrasound of kidneys and liver."""
    yield _described(desk, taken_at, _ABDOMEN)


def _described(desk: Desk, taken_at: datetime.datetime, study: Study) -> Dispatch:
    described_at = desk.ready(FJORD_IMAGING, taken_at)
    is_markup = desk.chance.random() < 0.5
    blocks = (
        _block("FU", _findings(study, is_markup), is_markup),
        _block("VU", _conclusion(study, is_markup), is_markup),
    )
    examination = Result(
        study.code,
        specifications=study.specifications,
        examined_at=taken_at,
        described_at=described_at,
        status="11",
        responsible=FJORD_IMAGING.responsible,
        members=blocks,
    )
    report = desk.report(
        FJORD_IMAGING,
        taken_at,
        type_code=study.type_code,
        reason=study.reason,
        clinical_information=study.information,
        results=(examination,),
    )
    return desk.dispatch(FJORD_IMAGING, report)


def _findings(study: Study, is_markup: bool) -> str:
    if not is_markup:
        return "\n\n".join(study.findings)
    items = "".join(f"<li>{escape(finding)}</li>" for finding in study.findings)
    return f"<h3>Beskrivelse</h3><ul>{items}</ul>"


def _conclusion(study: Study, is_markup: bool) -> str:
    if not is_markup:
        return study.conclusion
    return f"<h3>Vurdering</h3><p><strong>{escape(study.conclusion)}</strong></p>"


def _block(heading: str, text: str, is_markup: bool) -> Result:
    name = "Beskrivelse" if heading == "FU" else "Vurdering"
    return Result(
        local_code(name), text=text, is_markup=is_markup, heading=heading, status="11"
    )
