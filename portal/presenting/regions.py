"""Which part of the body an examination is of, so that like may be held beside like."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence

from access.lookup import Examined, ReportSummary

# NCRP: the first three letters name the region, the last the way it was examined.
_NCRP = re.compile(r"S[A-Z]{2}\d[A-Z]{2}")
_HOW = re.compile(
    r"\b(ct|mr|mri|rg|rtg|rx|røntgen|ul|ultralyd|pet|spect|angio\w*|scintigrafi|"
    r"undersøkelse|av|uten|med|kontrast|iv|høyre|venstre|begge|sider?|og|i)\b"
)
_TEXTS = ("beskrivelse", "funn", "konklusjon", "vurdering", "svar", "diagnose")
MOST_EARLIER = 3


def regions_of(examined: Iterable[Examined]) -> frozenset[str]:
    """Regions by code, and by what is left of the name without how it was done: local
    codes have no region, and «CT Thorax» is of what «RG Thorax» is."""
    found: set[str] = set()
    for each in examined:
        if _NCRP.fullmatch(each.code):
            found.add(each.code[:3])
        name = " ".join(re.findall(r"\w+", _HOW.sub(" ", each.name.casefold())))
        if name and not name.startswith(_TEXTS):
            found.add(name)
    return frozenset(found)


def earlier_of_same(
    report: ReportSummary,
    reports: Sequence[ReportSummary],
    examined: Mapping[uuid.UUID, Sequence[Examined]],
) -> tuple[ReportSummary, ...]:
    """The newest few before it, of a region it is of; the list is newest first."""
    regions = regions_of(examined.get(report.id, ()))
    older = reports[reports.index(report) + 1 :]
    same = (r for r in older if regions & regions_of(examined.get(r.id, ())))
    return tuple(same)[:MOST_EARLIER]
