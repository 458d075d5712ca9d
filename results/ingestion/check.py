"""Judging a message alone, without storing it: what would happen to it."""

import json

from results.ingestion import acknowledge, findings
from results.ingestion.acknowledge import Account, ReportAccount
from results.ingestion.examination import Examination, SchemaProblem, SchemaState
from results.ingestion.findings import CodeFinding, CodeProblem, UnitFinding
from results.ingestion.judge import Judgement, judge
from results.ingestion.masking import Mask
from results.ingestion.preview import MOST_ITEMS, preview
from results.kith import xml
from results.kith.places import Place, Problem, Text
from results.operations.organizations import sender_ids
from results.parsed import ParsedMessage
from results.vocabulary import MessageFormat, MessageOutcome

__all__ = [
    "MOST_ITEMS",
    "CodeFinding",
    "CodeProblem",
    "Examination",
    "Place",
    "SchemaState",
    "UnitFinding",
    "check",
    "examine",
]
_NOT_READABLE = "T01"


def check(content: bytes) -> Account:
    """The account `receive` would give for the first message of an empty service.

    Whether the sender is known is not asked; no table is read.
    """
    judgement = judge(content, is_strict=False)
    apprec_status = acknowledge.status_of(judgement.faults)
    return Account(
        message_id=judgement.message.message_id,
        format=judgement.format,
        outcome=judgement.outcome,
        apprec_status=apprec_status,
        faults=judgement.faults,
        report=_report(judgement),
        warnings=judgement.warnings,
    )


def examine(content: bytes) -> Examination:
    """All that can be told a sender of a message, with no row and no log line made.

    Never raises for bad input. Code tables are read; whether the sender is known, and
    what is held already, is not asked. Every text is masked (`Mask`).
    """
    judgement = judge(content, is_strict=False)
    message = judgement.message
    receipts = acknowledge.receipts_to(judgement.envelope, faults=judgement.faults)
    receipt = next(receipts, None)
    problems = judgement.problems
    fault, place = _syntax(content, judgement)
    report, format = message.report, judgement.format
    found = Examination(
        outcome=judgement.outcome,
        format=format,
        message_id=message.message_id or "",
        syntax_fault=fault,
        syntax_place=place,
        schema=_schema_state(message, problems),
        schema_problems=_placed(content, problems or ()),
        faults=judgement.faults,
        warnings=_beside_schema(judgement.warnings, problems or ()),
        codes=findings.find_codes(report, format) if report else (),
        units=findings.find_units(report, format) if report else (),
        item_count=sum(1 for _ in report.all_observations()) if report else 0,
        report=preview(report) if report else None,
        apprec=receipt.content.decode() if receipt else None,
        apprec_version=acknowledge.apprec_version(format),
    )
    patient = report.patient if report else None
    return Mask(patient.identity_number if patient else None).all_of(found)


def _syntax(content: bytes, judgement: Judgement) -> tuple[str, Place | None]:
    """Why the bytes cannot be parsed, and where; nothing and None when they can."""
    faults = [f.text for f in judgement.faults if f.code == _NOT_READABLE]
    if not faults:
        return "", None
    found = xml.syntax_fault(content) or _json_fault(content)
    return faults[0], Text(content).place(*found) if found else None


def _json_fault(content: bytes) -> tuple[int, int] | None:
    try:
        json.loads(content.decode("utf-8-sig"), parse_int=str)
    except json.JSONDecodeError as error:
        looks_so = content.lstrip()[:1] in (b"{", b"[")
        return (error.lineno, error.colno) if looks_so else None
    except (ValueError, RecursionError):
        return None
    return None


def _schema_state(
    message: ParsedMessage, problems: tuple[Problem, ...] | None
) -> SchemaState:
    if message.report is None:
        return SchemaState.NOT_CHECKED
    if message.format is MessageFormat.FHIR_R4:
        return SchemaState.HAS_NONE
    if problems is None:
        return SchemaState.NOT_INSTALLED
    return SchemaState.BROKEN if problems else SchemaState.FOLLOWED


def _placed(content: bytes, problems: tuple[Problem, ...]) -> tuple[SchemaProblem, ...]:
    text = Text(content) if problems else None
    return tuple(
        SchemaProblem(problem.text, text.place_of(problem) if text else None)
        for problem in problems
    )


def _beside_schema(
    warnings: tuple[str, ...], problems: tuple[Problem, ...]
) -> tuple[str, ...]:
    """The schema's are told with their places instead."""
    told = {problem.text for problem in problems}
    return tuple(dict.fromkeys(w for w in warnings if w not in told))


def _report(judgement: Judgement) -> ReportAccount | None:
    report = judgement.message.report
    if judgement.outcome is not MessageOutcome.STORED or report is None:
        return None
    her_id, organization_number = sender_ids(judgement.message.sender)
    return ReportAccount(
        sender=her_id or organization_number,
        id=report.id,
        status=report.status.value,
        versions=1,
        observations=sum(1 for _ in report.all_observations()),
        attachments=len(report.attachments),
    )
