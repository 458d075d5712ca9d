"""What the door might answer, with defaults, so that a test says only what matters."""

import datetime
import uuid
from dataclasses import replace
from zoneinfo import ZoneInfo

from access import lookup
from access.terms import AccessBasis, Action, PurposeOfUse
from results.parsed import ParsedMoment
from results.vocabulary import (
    Discipline,
    ObservationStatus,
    ReportStatus,
    Sex,
    Susceptibility,
    ValueKind,
)

OSLO = ZoneInfo("Europe/Oslo")
TODAY = datetime.date(2026, 11, 24)


def a_moment(*parts: int) -> ParsedMoment:
    """A day (three numbers), or a time of day (five), in Norway."""
    day = datetime.date(*parts[:3])
    at = datetime.datetime(*parts, tzinfo=OSLO) if len(parts) > 3 else None
    return ParsedMoment(as_sent="", date=day, at=at)


def an_observation(name="B-Hemoglobin", **fields) -> lookup.ObservationDetail:
    standing = lookup.ObservationDetail(
        id=uuid.uuid4(),
        name=name,
        code="",
        code_system="",
        kind=ValueKind.QUANTITY,
        status=ObservationStatus.FINAL,
        digits="121",
        comparator="",
        unit="g/L",
        text="",
        is_markup=False,
        coded_texts=(),
        susceptibility=None,
        interval_high="",
        date=None,
        reference_ranges=("117-153",),
        interpretation=None,
        comments=(),
        heading="",
        item_id="",
        related_item_id="",
        specimen_accessions=(),
        is_accredited=None,
        diagnoses=(),
        structured=(),
        effective_at=None,
    )
    return replace(standing, **fields)


def a_text(name="Svar", text="", **fields) -> lookup.ObservationDetail:
    return an_observation(
        name,
        kind=ValueKind.TEXT,
        text=text,
        digits="",
        unit="",
        reference_ranges=(),
        **fields,
    )


def a_group(name="", *members, **fields) -> lookup.ObservationDetail:
    return replace(a_text(name, **fields), kind=ValueKind.NONE, members=members)


def a_resistance(agent, letter, concentration="", **fields):
    return a_text(
        agent,
        concentration,
        heading="RSB",
        susceptibility=Susceptibility(letter) if letter else None,
        **fields,
    )


def a_summary(**fields) -> lookup.ReportSummary:
    standing = lookup.ReportSummary(
        id=uuid.uuid4(),
        category=Discipline.CLIN,
        type_code="",
        type_text="",
        status=ReportStatus.FINAL,
        effective_at=a_moment(2026, 11, 14, 8, 42),
        issued_at=a_moment(2026, 11, 15),
        performer_name="Nordlab",
        requester_name="Ola Lind, Lillevik legesenter",
        version_count=1,
        observation_count=7,
        assessable_count=7,
        outside_count=2,
        headline="P-Ferritin, P-TSH",
        specimen_text="Blod",
    )
    return replace(standing, **fields)


def kari(**fields) -> lookup.PatientHeader:
    standing = lookup.PatientHeader(
        patient_id=uuid.UUID(int=7),
        name="Kari Prøve",
        birth_date=datetime.date(1984, 4, 12),
        sex=Sex.FEMALE,
        masked_number="120484 •••••",
    )
    return replace(standing, **fields)


def a_detail(*observations, **fields) -> lookup.ReportDetail:
    standing = lookup.ReportDetail(
        summary=a_summary(),
        patient=kari(),
        comment="",
        coded_comments=(),
        clinical_information=(),
        responsible_name="",
        specimens=(),
        observations=observations,
        requisition=None,
        copy_recipients=(),
        attachments=(),
    )
    return replace(standing, **fields)


def a_look(**fields) -> lookup.LogLine:
    """Ola Lind read one of Kari's answers."""
    standing = lookup.LogLine(
        at=datetime.datetime(2026, 11, 22, 14, 5, tzinfo=OSLO),
        viewer_name="Ola Lind",
        organization_name="Lillevik legesenter",
        role_code="LE",
        basis=AccessBasis.CONSENT,
        purpose=PurposeOfUse.TREAT,
        action=Action.OPEN_REPORT,
        is_permitted=True,
        is_own=False,
        report_title="Medisinsk biokjemi",
    )
    return replace(standing, **fields)
