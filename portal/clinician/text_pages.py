"""The pages of what is read as text, in plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.lookup import FoundText, ReadReports, ReportSummary, Searched
from portal.clinician.addresses import report_addresses
from portal.presenting.cumulative import Choice
from portal.presenting.excerpts import excerpt
from portal.presenting.headings import heading_words
from portal.presenting.isolates import ResistanceTable, present_isolates
from portal.presenting.limits import present_closed
from portal.presenting.lists import ReportLine, present_line
from portal.presenting.patients import ShownPatient, present_patient
from portal.presenting.readings import Reading, present_readings

_MOST_EXCERPTS = 3


@dataclass(frozen=True, slots=True)
class TextPage:
    """`nothing` says that there is nothing, and what that does not mean; `newer` and
    `older` are addresses, empty where there is no such page."""

    patient: ShownPatient
    readings: tuple[Reading, ...]
    count: str
    nothing: str
    newer: str
    older: str
    specimens: tuple[Choice, ...]
    closed: str
    is_elevated: bool
    resistance: ResistanceTable | None = None
    new_count: int = 0


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A report, and where in it the words stand: under which heading, and the text."""

    line: ReportLine
    url: str
    excerpts: tuple[tuple[str, SafeString], ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`said` tells what was found, or why nothing was."""

    patient: ShownPatient
    hits: tuple[SearchHit, ...]
    said: tuple[str, ...]
    closed: str
    is_elevated: bool
    new_count: int = 0


def present_text_page(
    found: ReadReports,
    *,
    beside: Mapping[object, Sequence[ReportSummary]] | None = None,
    specimen: str = "",
    shows_isolates: bool = False,
) -> TextPage:
    """`specimen` is the key of the one chosen."""
    patient_id = found.patient.patient_id
    addresses = report_addresses(patient_id, found.reports)
    count = len(found.reports)
    page, last = found.page_number, found.page_count
    return TextPage(
        patient=present_patient(found.patient, today=timezone.localdate()),
        readings=present_readings(found, addresses, beside=beside),
        count=ngettext("%(count)s svar", "%(count)s svar", count) % {"count": count},
        nothing="" if found.page else _nothing(found),
        newer=_address(page - 1, specimen) if page > 1 else "",
        older=_address(page + 1, specimen) if page < last else "",
        specimens=tuple(Choice(k, t, k == specimen) for k, t in found.specimens),
        closed=present_closed(found.closed),
        is_elevated=found.is_elevated,
        resistance=present_isolates(found, addresses) if shows_isolates else None,
        new_count=0,
    )


def present_search_page(found: Searched) -> SearchPage:
    """The newest reports that say it."""
    reports = [hit.report for hit in found.hits]
    addresses = report_addresses(found.patient.patient_id, reports)
    stems = found.sought.stems
    return SearchPage(
        patient=present_patient(found.patient, today=timezone.localdate()),
        hits=tuple(
            SearchHit(
                line=present_line(hit.report),
                url=addresses[str(hit.report.id)],
                excerpts=tuple(
                    (_heading(t), excerpt(t.text, stems, is_markup=t.is_markup))
                    for t in hit.texts[:_MOST_EXCERPTS]
                ),
            )
            for hit in found.hits
        ),
        said=tuple(_said(found)),
        closed=present_closed(found.closed),
        is_elevated=found.is_elevated,
    )


def _said(found: Searched) -> list[str]:
    said = []
    if found.sought.ignored:
        said.append(
            _("Disse ordene er for vanlige til å søkes etter: %(words)s.")
            % {"words": ", ".join(found.sought.ignored)}
        )
    if not found.sought.stems:
        return said
    said.insert(0, _counted(found))
    if found.count > len(found.hits):
        said.append(
            _("Her er de %(count)s nyeste. Skriv flere ord for å finne færre.")
            % {"count": len(found.hits)}
        )
    return said


def _counted(found: Searched) -> str:
    told = {"count": found.count, "all": found.looked_in}
    if not found.count:
        return _(
            "Ingen treff i %(all)s svar. Det betyr ikke at det er utelukket: det kan "
            "være skrevet med andre ord, stå i et vedlegg eller i svar som ikke er her."
        ) % {"all": found.looked_in}
    return (
        ngettext(
            "%(count)s svar av %(all)s har alle ordene.",
            "%(count)s svar av %(all)s har alle ordene.",
            found.count,
        )
        % told
    )


def _heading(text: FoundText) -> str:
    if text.part == "comment":
        return _("Kommentar til hele svaret")
    if text.part == "question":
        return _("Rekvirentens opplysninger")
    return heading_words(text.heading) or text.name or _("Svar")


def _nothing(found: ReadReports) -> str:
    if found.reports:
        return _("Ingen av svarene her er av det prøvematerialet.")
    return _(
        "Ingen svar av dette slaget på pasienten her. Det betyr ikke at slike prøver "
        "eller undersøkelser ikke er gjort, eller at de var normale."
    )


def _address(page: int, specimen: str) -> str:
    asked = [("materiale", specimen)] if specimen else []
    return f"?{urlencode([*asked, ('side', str(page))])}"
