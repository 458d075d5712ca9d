"""What must hold of any bytes whatever: they are read, judged and answered."""

import datetime
import re

from results.ingestion import validate
from results.kith import apprec, schemas, xml
from results.kith.apprec import Recipient, Stamp
from results.kith.peek import peek
from results.kith.read import open_message
from results.kith.read.markup import _ALLOWED as ALLOWED_TAGS
from results.parsed import MessageFault, ParsedMessage

_OURS = Recipient("Pasientens prøvesvar", "900100", "999000118")
_NOW = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)
_TAG = re.compile(r"<(/?)([^>\s]*)([^>]*)>")
_SPANS = re.compile(r'( (colspan|rowspan)="\d{1,3}")*')


def try_one(content: bytes) -> None:
    """Raises AssertionError, or whatever escapes, where something does not hold."""
    opened = open_message(content)
    message = opened.message
    _glance_agrees(content, message)
    _is_judged(message)
    _markup_is_tame(message)
    if opened.envelope is not None:
        for problem in schemas.envelope_problems(opened.envelope) or ():
            assert len(problem.text) < 500
        _is_answered(opened.envelope, message.faults)


def _glance_agrees(content: bytes, message: ParsedMessage) -> None:
    seen = peek(content)
    read = (message.format, message.message_id, message.sender)
    assert (seen.format, seen.message_id, seen.sender) == read


def _is_judged(message: ParsedMessage) -> None:
    """Every refusal has a code and a sentence; what is unread always has one."""
    faults = message.faults + validate.find_faults(
        message, allow_test_numbers=True, is_production=False
    )
    assert faults or message.report
    assert all(f.code and len(f.text) < 300 for f in faults)
    validate.find_warnings(message)
    number = message.report and message.report.patient
    if number and number.identity_number and len(number.identity_number) > 8:
        assert not any(number.identity_number in w for w in message.warnings)


def _markup_is_tame(message: ParsedMessage) -> None:
    """No tag, and no attribute, but those allowed."""
    for item in message.report.all_observations() if message.report else ():
        if not item.is_markup:
            continue
        for _, name, more in _TAG.findall(item.text or ""):
            assert name in ALLOWED_TAGS
            assert _SPANS.fullmatch(more)


def _is_answered(envelope: object, faults: tuple[MessageFault, ...]) -> None:
    stamp = Stamp(2 if faults else 1, faults, _OURS, _NOW)
    for written in apprec.answer(envelope, stamp, new_id=lambda: "1"):
        receipt = xml.parse(written)
        assert receipt.name == "AppRec"
        assert len(receipt.children("Error")) == len(faults)
        driver = schemas.driver_path(schemas.settings.SCHEMA_DIR, receipt.namespace)
        if driver.is_file():
            schema = schemas._compiled(driver, driver.stat().st_mtime_ns)
            assert list(xml.locate_problems(schema, receipt)) == []
