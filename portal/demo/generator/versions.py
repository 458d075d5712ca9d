"""What happens to a report after its first version: completed, corrected, withdrawn."""

import datetime
from dataclasses import replace

from portal.demo.generator.drafts import Report, Result
from portal.demo.generator.services import Dispatch


def preliminary(final: Report, results: tuple[Result, ...], comment: str) -> Report:
    """The report as it stands before the answer is complete (N/P)."""
    return replace(
        final,
        status="P",
        approved_at=None,
        results=tuple(replace(result, status="2") for result in results),
        comment=comment,
    )


def completed(final: Report) -> Report:
    """The same report, now final, as the change it then is (M/F)."""
    return replace(final, service_type="M")


def corrected(sent: Dispatch, right: Result, *, after: datetime.timedelta) -> Dispatch:
    """The first result was wrong: all are sent again, the unchanged as history (H)."""
    wrong, *rest = sent.report.results
    was = f"{wrong.number.replace('.', ',')} {wrong.unit}".strip()
    changed = replace(
        right,
        id=wrong.id,
        service_type="M",
        status="1",
        comment=f"Rettet svar. Tidligere utsendt: {was}.",
    )
    report = replace(
        sent.report,
        service_type="M",
        comment=f"Rettelse: {wrong.code.display} er analysert på nytt.",
        results=(changed, *(replace(result, service_type="H") for result in rest)),
    )
    return replace(sent, at=sent.at + after, report=report)


def cancelled(sent: Dispatch, *, after: datetime.timedelta) -> Dispatch:
    """The whole report was somebody else's, or worthless (C)."""
    report = replace(
        sent.report,
        service_type="C",
        comment="Prøveglassene var forbyttet ved prøvetaking. Svaret trekkes tilbake, "
        "ny prøve anbefales.",
        results=(),
        specimens=(),
    )
    return replace(sent, at=sent.at + after, report=report)
