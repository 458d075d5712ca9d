"""Words looked for in the texts of one patient's reports."""

import uuid
from dataclasses import dataclass

from access.lookup.answers import Answer, Found, answer, request_for, with_expiry
from access.lookup.reading import named
from access.lookup.reports import Closed, closed_to, is_elevated, shown_reports
from access.terms import Action, Facts, Viewer
from results import queries
from results.queries import PatientHeader, SoughtWords, TextHit

MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class Searched:
    """The newest reports that have all the words, and how many have; what was looked
    for is `sought`, and `looked_in` how many reports it was looked for in."""

    patient: PatientHeader
    sought: SoughtWords
    hits: tuple[TextHit, ...]
    count: int
    looked_in: int
    closed: Closed | None = None
    is_elevated: bool = False


def search_texts(
    viewer: Viewer, *, patient_id: uuid.UUID, text: str
) -> Answer[Searched]:
    """Reports that the viewer may be shown and that say it. The log tells that texts
    were searched, and names the reports shown; never the words, which may tell more of
    the patient than of the look."""
    request = request_for(Action.SEARCH_TEXTS, viewer, patient_id)

    def fetch(facts: Facts) -> Found[Searched] | None:
        header = queries.patient_header(patient_id)
        if header is None:
            return None
        reports = shown_reports(request, facts, is_counted=False)
        sought = queries.sought_words(text)
        hits = queries.reports_saying(patient_id, reports, sought)
        newest = hits[:MOST_HITS]
        names = queries.examined_in(patient_id, [hit.report for hit in newest])
        shown = tuple(h._replace(report=named(h.report, names)) for h in newest)
        found = Searched(
            patient=with_expiry(header, facts),
            sought=sought,
            hits=shown,
            count=len(hits),
            looked_in=len(reports),
            closed=closed_to(facts),
            is_elevated=is_elevated(facts),
        )
        return Found(found, reports=[hit.report for hit in shown])

    return answer(request, fetch)
