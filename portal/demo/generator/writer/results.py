"""Writes results, at any depth: the ResultItem block, in the schema's order."""

from portal.demo.generator.drafts import Result
from portal.demo.generator.writer import wording
from portal.demo.generator.writer.markup import (
    code_value,
    coded,
    element,
    moment,
    text,
    value,
)
from portal.demo.generator.writer.parties import related

_XHTML = "http://www.w3.org/1999/xhtml"


def result_item(result: Result) -> str:
    """One ResultItem with its members inside."""
    return element(
        "ResultItem",
        _answer(result),
        coded("ServType", result.service_type, wording.SERVICE_TYPE),
        element("RefInterval", text("Descr", result.reference)),
        _investigation(result),
        value("InvDate", moment(result.examined_at)),
        text("Comment", result.comment),
        coded("DevResultInd", result.deviation, wording.DEVIATION),
        text("IdResultItem", result.id),
        text("RefIdResultItem", result.refers_to),
        coded("StatusInvestigation", result.status, wording.RESULT_STATUS),
        value("DescrDate", moment(result.described_at)),
        text("RefAnalysedSubject", result.specimen_id),
        accredited(result.is_accredited),
        related("RelServProv", result.responsible),
        *(result_item(member) for member in result.members),
    )


def accredited(is_accredited: bool | None) -> str:
    """Accredited true or false; nothing when the laboratory does not say."""
    return (
        "" if is_accredited is None else value("Accredited", str(is_accredited).lower())
    )


def _answer(result: Result) -> str:
    if result.number:
        return element(
            "NumResult",
            coded("ArithmeticComp", result.comparator, wording.COMPARATOR),
            value("NumResultValue", result.number, U=result.unit),
        )
    if not result.has_text:
        return ""
    return element(
        "TextResult",
        coded("Heading", result.heading, wording.HEADING),
        _words(result),
        *(code_value("TextCode", code) for code in result.value_codes),
        text("Unit", result.unit),
    )


def _words(result: Result) -> str:
    if not result.is_markup:
        return text("TextResultValue", result.text)
    inside = f'<div xmlns="{_XHTML}">{result.text}</div>'
    return f"<TextResultValue>{inside}</TextResultValue>\n"


def _investigation(result: Result) -> str:
    return element(
        "Investigation",
        code_value("Id", result.code),
        *(code_value("Spec", code) for code in result.specifications),
    )
