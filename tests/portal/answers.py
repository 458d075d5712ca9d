"""What the door might answer, with defaults, so that a test says only what matters."""

import datetime
import json
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
        version_id=uuid.uuid4(),
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


def a_result(name="B-Hemoglobin", digits="13.2", **fields) -> lookup.TimedResult:
    """A number over time, from a report of its own unless told otherwise; `ranges`,
    `texts` (coded answers) and `method` are given as plain values."""
    ranges = fields.pop("ranges", ("11.7 - 15.3",))
    is_number = digits.replace(".", "", 1).isdigit()
    texts, method = fields.pop("texts", ()), fields.pop("method", "")
    standing = lookup.TimedResult(
        report=fields.pop("report", None) or a_summary(),
        id=str(uuid.uuid4()),
        parent_id=None,
        code="NOR05172",
        code_system="2.16.578.1.12.4.1.1.7280",
        name=name,
        heading="",
        kind=ValueKind.QUANTITY,
        status=ObservationStatus.FINAL,
        digits=digits,
        number=float(digits) if is_number else None,
        comparator="",
        interval_high="",
        unit="g/dL",
        unit_ucum="g/dL",
        text="",
        is_cut=False,
        is_markup=False,
        value_date=None,
        codings_json=json.dumps([{"display": text} for text in texts]),
        ranges_json=json.dumps(ranges) if ranges else "[]",
        interpretation="",
        has_comment=False,
        methods_json=json.dumps([{"display": method}] if method else []),
        performers_json="[]",
        specimens_json="[]",
        item_id="",
        related_item_id="",
        own_date=None,
        own_at=None,
    )
    return standing._replace(**fields)


def followed(*results: lookup.TimedResult, **fields) -> lookup.Followed:
    """What the door gives: these results, of their own reports."""
    reports = {result.report.id: result.report for result in results}
    standing = lookup.Followed(kari(), tuple(reports.values()), results)
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
