"""Judging a message alone, without storing it: what would happen to it."""

from results.ingestion import acknowledge
from results.ingestion.acknowledge import Account, ReportAccount
from results.ingestion.judge import Judgement, judge
from results.operations.organizations import sender_ids
from results.vocabulary import MessageOutcome


def check(content: bytes) -> Account:
    """The account `receive` would give for the first message of an empty service.

    Whether the sender is known is not asked; no table is read.
    """
    judgement = judge(content, is_strict=False)
    receipt = acknowledge.receipt_for(
        content, faults=judgement.faults, format=judgement.format
    )
    return Account(
        message_id=judgement.message.message_id,
        format=judgement.format,
        outcome=judgement.outcome,
        apprec_status=receipt.status,
        faults=judgement.faults,
        report=_report(judgement),
        warnings=judgement.warnings,
    )


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
