"""A report in words alone, as imaging and pathology often are."""

from collections.abc import Iterator
from dataclasses import replace

from results.fhir import names
from results.fhir.items import Item
from results.fhir.read import values
from results.fhir.read.attachments import plain_text
from results.parsed import (
    ParsedAttachment,
    ParsedCoding,
    ParsedMoment,
    ParsedObservation,
)
from results.vocabulary import ObservationStatus, ValueKind

_ASSESSMENT = "VU"  # Volven 8243


def in_words(
    report: Item,
    documents: tuple[ParsedAttachment, ...],
    effective: ParsedMoment | None,
) -> tuple[ParsedObservation, ...]:
    """The examination as a result, with its description and its conclusion below, as
    KITH sends it; nothing where the report says nothing itself."""
    codings = tuple(_examination(report))
    diagnoses = tuple(conclusion_codes(report))
    said = [*_passages(report, documents)]
    if not (codings or said or diagnoses):
        return ()
    about = ParsedObservation(
        status=_status(report),
        codings=codings,
        diagnoses=diagnoses,
        investigated_at=effective,
    )
    if len(said) == 1:
        heading, text = said[0]
        return (replace(about, kind=ValueKind.TEXT, text=text, heading=heading),)
    passage = ParsedObservation(
        kind=ValueKind.TEXT, status=about.status, investigated_at=effective
    )
    return (
        replace(
            about,
            members=tuple(
                replace(passage, text=text, heading=heading) for heading, text in said
            ),
        ),
    )


def conclusion_codes(report: Item) -> Iterator[ParsedCoding]:
    """Coded diagnoses, the leading code of each."""
    for concept in report.items("conclusionCode"):
        yield from values.concept_codings(concept)[:1]


def _examination(report: Item) -> Iterator[ParsedCoding]:
    """The codes that name what was done, not merely that this is a report."""
    for coding in values.concept_codings(report.item("code")):
        is_type = coding.system == names.REPORT_TYPES
        if not is_type and coding.code not in names.DOCUMENT_TYPES:
            yield coding


def _passages(
    report: Item, documents: tuple[ParsedAttachment, ...]
) -> Iterator[tuple[str | None, str]]:
    if description := plain_text(documents):
        yield None, description
    if conclusion := report.text("conclusion"):
        yield _ASSESSMENT, conclusion


def _status(report: Item) -> ObservationStatus:
    return values.word(
        report.text("status"), ObservationStatus, ObservationStatus.UNKNOWN
    )
