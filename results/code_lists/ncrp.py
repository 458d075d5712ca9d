"""NCRP, the radiological procedures, from a sheet of procedure codes saved as CSV.

Since 2016 the list is part of one spreadsheet for all procedures (NCMP, NCSP, NCRP).
No machine-readable copy was at hand: columns are known by the names such sheets use,
and NCRP's codes by their form. The sixth character is the modality; a leading T is
nuclear medicine.
"""

import re

from results.code_lists.problems import UnreadableList
from results.code_lists.sheets import open_sheet
from results.codes.releases import ALWAYS_SAID, Release, ReleasedCode
from results.codes.systems import NCRP
from results.vocabulary import Discipline

_COLUMNS = {
    "kode": ("kode", "kodeverdi", "prosedyrekode", "ncrpkode", "ncrp", "code"),
    "navn": (
        "kodetekst",
        "kodenavn",
        "navn",
        "tekst",
        "prosedyretekst",
        "prosedyrenavn",
        "langtekst",
        "beskrivelse",
        "display",
    ),
    "gyldig fra": ("gyldigfra", "fradato", "fra"),
    "gyldig til": ("gyldigtil", "tildato", "til"),
    "erstattes av": ("erstattesav", "nykode"),
}
_NAME = re.compile(r"(?:^|[;,\t|\"])NCRP(?:[;,\t|\"]|$)", re.MULTILINE)
_CODE = re.compile(r"[A-Z]{3}\d[A-Z]{2}")


def is_procedures(columns: frozenset[str]) -> bool:
    return all(columns & set(_COLUMNS[name]) for name in ("kode", "navn"))


def names_itself(text: str) -> bool:
    """Whether a sheet of several procedure lists says which rows are NCRP's."""
    return _NAME.search(text) is not None


def read_ncrp(text: str) -> Release:
    """Codes of the other procedure lists in the sheet are passed over.

    Raises UnreadableList.
    """
    codes: dict[str, ReleasedCode] = {}
    passed_over = 0
    sheet = open_sheet(text, _COLUMNS)
    for line in sheet.lines:
        code = line.text("kode").upper()
        if not _CODE.fullmatch(code):
            passed_over += 1
            continue
        codes[code] = ReleasedCode(
            code=code,
            display=line.needed("navn"),
            category=str(Discipline.NUK if code[0] == "T" else Discipline.RAD),
            valid_from=line.day("gyldig fra"),
            valid_to=line.end("gyldig til"),
            replaced_by=line.text("erstattes av").upper(),
        )
    if not codes:
        raise UnreadableList("Fant ingen NCRP-koder (som «SNG0AG») i filen.")
    dated = {"valid_from"} if "gyldig fra" in sheet.columns else set()
    note = f"{passed_over} rader med andre koder er hoppet over."
    return Release(
        system=NCRP,
        name="NCRP",
        codes=tuple(codes.values()),
        fields=ALWAYS_SAID | {"category"} | dated,
        notes=(note,) if passed_over else (),
    )
