"""OperationOutcome: what became of a message, to whoever sent it (R4 §2.39)."""

from collections.abc import Iterable
from typing import Any

from results.fhir import names
from results.parsed import MessageFault

Outcome = dict[str, Any]
Issue = dict[str, Any]

# Volven 8221 as FHIR's issue types.
_TYPES = {
    "T01": "structure",
    "T02": "structure",
    "T10": "not-supported",
    "E10": "required",
    "E31": "value",
    "E36": "required",
}
# Where the fault lies, beneath a report and beneath the bundle.
_OF_REPORT = {"E31": "subject", "E36": "subject"}
_OF_BUNDLE = {"E10": "Bundle.identifier"}


def outcome(issues: Iterable[Issue]) -> Outcome:
    """A resource of these issues; there is always at least one."""
    found = list(issues) or [issue("information", "informational", "I orden.")]
    return {"resourceType": "OperationOutcome", "language": "nb", "issue": found}


def issue(
    severity: str, type: str, text: str, *, code: str = "", expression: str = ""
) -> Issue:
    """One issue; `code` is Volven 8221's, `expression` a FHIRPath to the place."""
    coded = [{"system": names.ERRORS, "code": code}] if code else []
    return {
        "severity": severity,
        "code": type,
        "details": {**({"coding": coded} if coded else {}), "text": text},
        **({"expression": [expression]} if expression else {}),
    }


def fault_issue(fault: MessageFault, *, position: int | None = None) -> Issue:
    """A ground for refusal; `position` is the entry that it is about."""
    return issue(
        "error",
        _TYPES.get(fault.code, "business-rule"),
        fault.text,
        code=fault.code,
        expression=_expression(fault.code, position),
    )


def warning_issues(warnings: Iterable[str]) -> list[Issue]:
    """What the sender ought to correct, though the message is taken in."""
    return [issue("warning", "invalid", text) for text in warnings]


def told(text: str, warnings: Iterable[str] = ()) -> Outcome:
    """That all is well, and what could be better."""
    return outcome(
        [issue("information", "informational", text), *warning_issues(warnings)]
    )


def refusal(
    faults: Iterable[MessageFault],
    warnings: Iterable[str] = (),
    *,
    position: int | None = None,
) -> Outcome:
    """The grounds, then the warnings."""
    grounds = [fault_issue(fault, position=position) for fault in faults]
    return outcome([*grounds, *warning_issues(warnings)])


def _expression(code: str, position: int | None) -> str:
    of_report = _OF_REPORT.get(code)
    if position is None:
        return (
            f"DiagnosticReport.{of_report}" if of_report else _OF_BUNDLE.get(code, "")
        )
    entry = f"Bundle.entry[{position}]"
    return f"{entry}.resource.{of_report}" if of_report else entry
