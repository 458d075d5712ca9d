"""Short ways to what a message becomes, for the stories of this folder."""

from results.ingestion import validate
from results.kith.read import read
from results.parsed import ParsedMessage, ParsedObservation, ParsedReport

from ..kith.messages import a_message, a_patient, a_report


def a_letter(*content: str, header: str = "", **report: str) -> str:
    """A message about Kari with these specimens and results."""
    return a_message(a_report(a_patient("".join(content)), **report), header=header)


def opened(content: str | bytes) -> ParsedMessage:
    return read(content if isinstance(content, bytes) else content.encode())


def accepted(content: str | bytes) -> ParsedReport:
    """The report of a message that would be taken over."""
    assert refusals(content) == []
    report = opened(content).report
    assert report is not None
    return report


def the_item(*content: str, **report: str) -> ParsedObservation:
    (found,) = accepted(a_letter(*content, **report)).observations
    return found


def refusals(content: str | bytes, *, is_production: bool = False) -> list[str]:
    """The codes of Volven 8221 that it would be refused with."""
    message = opened(content)
    found = validate.find_faults(
        message, allow_test_numbers=not is_production, is_production=is_production
    )
    return [fault.code for fault in (*message.faults, *found)]


def warnings(content: str | bytes) -> str:
    message = opened(content)
    return "\n".join((*message.warnings, *validate.find_warnings(message)))
