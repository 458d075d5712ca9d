"""Norsk laboratoriekodeverk as CSV, in the two shapes it is found in.

The release's own table (`kode`, `norsk_bruksnavn`, `primært_fagområde`, `gruppering`),
and the table of refunds (`KODE;TILDATO;FRADATO;…;FAGOMRAADE_NLK`), which has no
headings: they are left as they are.
"""

import datetime
import re

from results.code_lists.problems import UnreadableList
from results.code_lists.sheets import Line, open_sheet
from results.codes.releases import ALWAYS_SAID, Release, ReleasedCode
from results.codes.systems import NLK
from results.vocabulary import Discipline

_COLUMNS = {
    "kode": ("kode", "nlkkode"),
    "navn": ("norskbruksnavn",),
    "enhet": ("enhet",),
    "fagområde": ("primaertfagomrade", "fagomraadenlk", "fagomradenlk"),
    "gruppering": ("gruppering",),
    "komponent": ("komponent",),
    "gyldig fra": ("gyldigfra", "fradato"),
    "gyldig til": ("gyldigtil", "tildato"),
    "erstattes av": ("erstattesav",),
    "endret": ("endringsdato", "sistendret", "sistendretdato"),
}
_FIELDS = {
    "enhet": "unit",
    "fagområde": "category",
    "gruppering": "heading",
    "komponent": "component",
    "gyldig fra": "valid_from",
}
_NEEDED = {"kode", "navn", "enhet"}
_DISCIPLINES = {
    "medisinsk biokjemi": Discipline.CLIN,
    "medisinsk mikrobiologi": Discipline.MBIO,
    "immunologi og transfusjonsmedisin": Discipline.IMTR,
    "klinisk farmakologi": Discipline.FARM,
    "medisinsk genetikk": Discipline.MGEN,
    "patologi": Discipline.PAT,
}
_CODE = re.compile(r"(?:NPU|NOR|SWE|DNK)\d{5}")
_VERSION = re.compile(r"7280\.\d+")


def is_nlk(columns: frozenset[str]) -> bool:
    return "norskbruksnavn" in columns and bool(columns & {"kode", "nlkkode"})


def read_nlk(text: str, file_name: str) -> Release:
    """Raises UnreadableList."""
    sheet = open_sheet(text, _COLUMNS)
    if lacking := _NEEDED - sheet.columns:
        raise UnreadableList(f"Kolonnen «{min(lacking)}» mangler.", line=1)
    codes: dict[str, ReleasedCode] = {}
    latest = datetime.date.min
    unknown: set[str] = set()
    for line in sheet.lines:
        code = _code(line, unknown)
        latest = max([latest, *filter(None, [line.day("endret"), code.valid_from])])
        held = codes.get(code.code)
        # Four codes of 7280.77 stand twice: retired and at once in use again.
        if held is None or held.valid_to is not None:
            codes[code.code] = code
    said = {_FIELDS[name] for name in sheet.columns & _FIELDS.keys()}
    version = _VERSION.search(file_name)
    released = None if latest == datetime.date.min else latest
    return Release(
        system=NLK,
        name="Norsk laboratoriekodeverk",
        codes=tuple(codes.values()),
        version=version[0] if version else "",
        release_date=released,
        fields=ALWAYS_SAID | said,
        notes=tuple(f"Ukjent fagområde: «{name}»." for name in sorted(unknown)),
    )


def _code(line: Line, unknown: set[str]) -> ReleasedCode:
    code = line.needed("kode").upper()
    if not _CODE.fullmatch(code):
        raise UnreadableList(f"«{code[:40]}» er ikke en NLK-kode.", line=line.number)
    discipline = line.text("fagområde")
    category = _DISCIPLINES.get(discipline.casefold(), "")
    if discipline and not category:
        unknown.add(discipline)
    return ReleasedCode(
        code=code,
        display=line.needed("navn"),
        unit=line.text("enhet"),
        category=str(category),
        heading=line.text("gruppering")[:200],
        component=line.text("komponent")[:300],
        valid_from=line.day("gyldig fra"),
        valid_to=line.end("gyldig til"),
        replaced_by=line.text("erstattes av").upper(),
    )
