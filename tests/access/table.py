"""What a lawyer reads in docs/access.md, and the tests hold the decision to.

    python -m tests.access.table     writes docs/access.md anew

A cell is the reason code of the verdict; PERMITTED is a yes. So is ELEVATION_UNNEEDED:
nothing was closed, and the basis becomes the plain one.
"""

import os
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import django

REPORT = uuid.UUID(int=70)
BASES = ("UNNTAK", "SAMTYKKE", "AKUTT", "FORHOYET_SAMTYKKE", "FORHOYET_AKUTT")
YES, UNNEEDED, NO_BASIS = "PERMITTED", "ELEVATION_UNNEEDED", "BASIS_NOT_ALLOWED"
CLOSED, BLOCKED, OWN = "RESTRICTED", "BLOCKED", "OWN_RECORD"

# Situation, then the answer for each basis, in the order above: who opens the patient.
OPENING = {
    "Lege, ingenting er sperret": (YES, YES, YES, UNNEEDED, UNNEEDED),
    "Lege, noe er sperret": (YES, YES, YES, YES, YES),
    "Lege som pasienten har blokkert": (BLOCKED,) * 5,
    "Lege, egne svar": (OWN,) * 5,
    "Ambulansearbeider, ingenting er sperret": (
        NO_BASIS,
        NO_BASIS,
        YES,
        NO_BASIS,
        UNNEEDED,
    ),
    "Ambulansearbeider, noe er sperret": (NO_BASIS, NO_BASIS, YES, NO_BASIS, YES),
    "Rolle uten rett til å åpne det sperrede": (YES, YES, YES, NO_BASIS, NO_BASIS),
    "Helsesekretær": ("ROLE_NOT_PERMITTED",) * 5,
    "Virksomhet som ikke er godkjent": ("ORG_NOT_APPROVED",) * 5,
    "Innlogging på nivå 3": ("LEVEL_TOO_LOW",) * 5,
    "Uten HPR-nummer": ("HPR_MISSING",) * 5,
    "Journalsystemet åpnet en annen pasient": ("PATIENT_MISMATCH",) * 5,
}
# The same for one report, when the patient was opened on the basis.
READING = {
    "Lege, ingenting er sperret": (YES,) * 5,
    "Lege, svaret er sperret": (CLOSED, CLOSED, CLOSED, YES, YES),
    "Lege, fagområdet er sperret": (CLOSED, CLOSED, CLOSED, YES, YES),
    "Lege, alt er sperret": (CLOSED, CLOSED, CLOSED, YES, YES),
    "Lege, et annet fagområde er sperret": (YES,) * 5,
    "Lege som pasienten har blokkert": (BLOCKED,) * 5,
    "Rolle uten rett til fagområdet": ("DISCIPLINE_NOT_PERMITTED",) * 5,
    "Timen er ute": ("GRANT_EXPIRED",) * 5,
}


# Situation, then what a citizen is told when they open the answer, and personnel.
RELEASE = {
    "Ingen regel holder svaret tilbake": (YES, YES),
    "En regel holder svaret tilbake, ingen har vurdert det": ("NOT_RELEASED", YES),
    "Vurdert": (YES, YES),
    "Vurdert, så rettet": ("NOT_RELEASED", YES),
    "Utsatt til i morgen": ("DELAYED", YES),
    "Utsatt til nå": (YES, YES),
    "Utsatt til det er vurdert": ("NOT_RELEASED", YES),
    "Utsatt av laboratoriet til nå, og en regel holder det tilbake": (
        "NOT_RELEASED",
        YES,
    ),
    "Nektet innsyn": ("WITHHELD", YES),
    "Foreløpig svar i patologi, også når det er vurdert": ("PRELIMINARY", YES),
    "Trukket tilbake": (YES, YES),
}


def cases() -> Iterator[tuple[str, str, str, object, object]]:
    """Question, situation, expected reason, request and facts of every cell."""
    from access.terms import AccessBasis
    from tests.access.table_facts import opening_of, reading_of, release_of

    for question, rows, of in (
        ("opening", OPENING, opening_of),
        ("reading", READING, reading_of),
    ):
        for situation, answers in rows.items():
            for basis, expected in zip(BASES, answers, strict=True):
                request, given = of(situation, AccessBasis(basis))
                yield question, situation, expected, request, given
    for situation, answers in RELEASE.items():
        for is_citizen, expected in zip((True, False), answers, strict=True):
            request, given = release_of(situation, is_citizen=is_citizen)
            yield "release", situation, expected, request, given


def document() -> str:
    """docs/access.md, from the same rows."""
    from access.explaining import SENTENCES
    from access.terms import Reason

    rows = (*OPENING.values(), *READING.values(), *RELEASE.values())
    used = {cell for row in rows for cell in row}
    told = [f"- `{r}`: {SENTENCES[r]}" for r in Reason if r.value in used]
    return "\n".join(
        [
            "# Hvem får se hva",
            "",
            "Skrevet av `python -m tests.access.table` fra radene testene kjører; "
            "endre dem, ikke denne filen.",
            "",
            "`PERMITTED` er ja. `ELEVATION_UNNEEDED` er også ja: ingenting var "
            "sperret, og grunnlaget blir det vanlige. Alt annet er nei, og alt føres "
            "i loggen.",
            "",
            *_section("Hvem kan åpne pasienten", OPENING),
            *_section("Hvem kan lese et svar når pasienten er åpnet", READING),
            "Det samme gjelder lister, vedlegg og tilbaketrukne svar: en liste viser "
            "nøyaktig det som kan åpnes. Innbyggeren ser sine egne svar, også det som "
            "er sperret for helsepersonell.",
            "",
            *_section(
                "Når ser innbyggeren svaret (utsatt innsyn)",
                RELEASE,
                columns=("Innbygger", "Helsepersonell"),
            ),
            "Det samme gjelder den som representerer innbyggeren, og alle veier til "
            "svaret: liste, side, vedlegg, utvikling over tid og nedlasting.",
            "",
            "## Hva kodene betyr",
            "",
            *told,
            "",
        ]
    )


def _section(
    title: str,
    rows: dict[str, tuple[str, ...]],
    *,
    columns: tuple[str, ...] = BASES,
) -> list[str]:
    return [
        f"## {title}",
        "",
        f"| Situasjon | {' | '.join(columns)} |",
        "|---|" + "---|" * len(columns),
        *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()),
        "",
    ]


PATH = Path(__file__).resolve().parents[2] / "docs" / "access.md"

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    PATH.write_text(document())
    sys.stdout.write(f"{PATH}\n")
