"""Business rules: what refuses a message, each with a code and a sentence.

Codes are Volven 8221's. A sentence never holds the number or anything else of the
patient's. Unknown codes, wrong dates, missing parties and the like are told of and
never refuse (HITS 1168).
"""

import re
from collections.abc import Iterator

from results import identity
from results.identity import InvalidIdentityNumber, NumberFault, NumberKind
from results.kith import status
from results.parsed import MessageFault, ParsedMessage, ParsedPatient, ParsedReport
from results.vocabulary import MessageFormat, ObservationStatus, ReportStatus

_UUID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
_BRACES = ("{", "}")

_NUMBER_FAULTS = {
    NumberFault.MISSING: MessageFault(
        "E36", "Pasienten mangler fødselsnummer, D-nummer eller FH-nummer."
    ),
    NumberFault.NOT_NATIONAL: MessageFault(
        "E36",
        "Pasientens nummer er ikke et fødselsnummer, D-nummer eller FH-nummer. "
        "Lokale numre og hjelpenumre kan ikke tas imot.",
    ),
    NumberFault.WRONG_CHECK_DIGITS: MessageFault(
        "E31", "Pasientens nummer er feil: kontrollsifre eller dato stemmer ikke."
    ),
    NumberFault.TEST_NUMBER: MessageFault(
        "E31", "Pasientens nummer er fra en testserie og brukes ikke i produksjon."
    ),
}
_NO_PATIENT = MessageFault("E36", "Rapporten mangler pasient.")
_NO_NAME = MessageFault("E36", "Pasienten mangler navn.")
_NO_MESSAGE_ID = MessageFault("E10", "Meldingen mangler meldingsidentifikator (MsgId).")
_NO_UUID = MessageFault("E10", "Meldingsidentifikatoren (MsgId) er ikke en UUID.")
_NOT_ADDRESSED = MessageFault("E21", "Meldingen er ikke adressert til oss.")
_ONLY_TEST = MessageFault(
    "X99", "Meldingen er merket som test eller ikke godkjent (Message/Status)."
)


def find_faults(
    message: ParsedMessage, *, allow_test_numbers: bool, is_production: bool
) -> tuple[MessageFault, ...]:
    """Grounds for a negative receipt beside those that reading found
    (`message.faults`). What could not be read at all is judged by that alone."""
    if any(fault.code.startswith("T") for fault in message.faults):
        return ()
    found = [*_header_faults(message, is_production=is_production)]
    if message.report is not None:
        found += _patient_faults(
            message.report.patient,
            allow_test_numbers=allow_test_numbers,
            must_have_name=not _is_fhir(message),
        )
    return tuple(dict.fromkeys(found))


def find_address_faults(
    message: ParsedMessage, *, her_id: str, organization_number: str
) -> tuple[MessageFault, ...]:
    """Where we demand to be named: no recipient in the message is us (HITS 1168)."""
    if _is_fhir(message):
        return ()
    copies = message.report.copy_recipients if message.report else ()
    for party in (message.primary_recipient, *copies):
        if party and any(
            value and value in party.ids_of(kind)
            for kind, value in (("HER", her_id), ("ENH", organization_number))
        ):
            return ()
    return (_NOT_ADDRESSED,)


def find_warnings(message: ParsedMessage) -> tuple[str, ...]:
    """What the sender ought to know and correct, beside what reading found
    (`message.warnings`)."""
    found = [*_header_warnings(message)]
    if message.report is not None:
        found += _report_warnings(message.report)
        found += _time_warnings(message, message.report)
        found += _item_warnings(message.report)
    return tuple(dict.fromkeys(found))


def _header_faults(
    message: ParsedMessage, *, is_production: bool
) -> Iterator[MessageFault]:
    if not message.message_id:
        yield _NO_MESSAGE_ID
    elif not _is_fhir(message) and not _is_uuid(message.message_id):
        yield _NO_UUID
    if message.is_test and is_production:
        yield _ONLY_TEST


def _is_fhir(message: ParsedMessage) -> bool:
    """FHIR's identifiers need be no UUIDs, NILAR's patients have no name, and a Bundle
    is addressed to whoever it is sent to."""
    return message.format is MessageFormat.FHIR_R4


def _is_uuid(text: str) -> bool:
    """With or without braces, in either case (dialect B2)."""
    is_braced = (text[:1], text[-1:]) == _BRACES
    return _UUID.fullmatch(text[1:-1] if is_braced else text) is not None


def _patient_faults(
    patient: ParsedPatient | None, *, allow_test_numbers: bool, must_have_name: bool
) -> Iterator[MessageFault]:
    if patient is None:
        yield _NO_PATIENT
        return
    if must_have_name and not patient.name:
        yield _NO_NAME
    try:
        identity.parse(patient.identity_number, allow_test_numbers=allow_test_numbers)
    except InvalidIdentityNumber as error:
        yield _NUMBER_FAULTS[error.fault]
        return
    if not _is_national(patient.identity_type):
        yield _NUMBER_FAULTS[NumberFault.NOT_NATIONAL]


def _is_national(identity_type: str | None) -> bool:
    """A kind that travels between organisations; none given leaves it to the digits."""
    return identity_type is None or identity_type.upper() in set(NumberKind)


def _header_warnings(message: ParsedMessage) -> Iterator[str]:
    if message.generated_at is None or message.generated_at.date is None:
        yield "Meldingen mangler gyldig tidspunkt (GenDate)."
    if message.is_test:
        yield _ONLY_TEST.text
    if message.sender is None:
        yield "Avsender (ServProvider) mangler; kvitteringen kan ikke adresseres."


def _report_warnings(report: ParsedReport) -> Iterator[str]:
    if report.id is None:
        yield "Rapporten mangler id (ServProvId) og kan ikke endres senere."
    if report.status is ReportStatus.UNKNOWN:
        yield "Rapportens ServType og Status er ikke et lovlig par."
    if report.requester is None:
        yield "Rekvirent mangler."
    if report.issued_at is None:
        yield "Rapporten mangler utstedelsesdato (IssueDate)."
    if report.patient and _is_mislabelled(report.patient):
        yield "Pasientens nummer er av et annet slag enn TypeOffId sier."


def _time_warnings(message: ParsedMessage, report: ParsedReport) -> Iterator[str]:
    """Days that cannot all be right (dialect C18)."""
    taken = [s.collected_at.date for s in report.specimens if s.collected_at]
    days = [day for day in taken if day]
    written = message.generated_at.date if message.generated_at else None
    patient = report.patient
    born = patient.birth_date.date if patient and patient.birth_date else None
    if written and any(day > written for day in days):
        yield "En prøve er tatt etter at meldingen ble laget."
    if born and any(day < born for day in days):
        yield "En prøve er tatt før pasienten ble født."


def _is_mislabelled(patient: ParsedPatient) -> bool:
    """The kind follows from the digits, whatever the label says (dialect B17)."""
    try:
        number = identity.parse(patient.identity_number, allow_test_numbers=True)
    except InvalidIdentityNumber:
        return False
    label = patient.identity_type
    return label is not None and label.upper() != number.kind


def _item_warnings(report: ParsedReport) -> Iterator[str]:
    specimen_ids = {s.id for s in report.specimens}
    items = list(report.all_observations())
    item_ids = {i.item_id for i in items}
    for item in items:
        if not status.is_legal_item(report.service_type, item.service_type):
            yield "Et resultats ServType passer ikke med rapportens."
        if item.status is ObservationStatus.UNKNOWN:
            yield "Et resultats ServType og status er ikke et kjent par."
        if not specimen_ids.issuperset(item.specimen_ids):
            yield "Et resultat viser til en prøve som ikke er med."
        if item.related_item_id and item.related_item_id not in item_ids:
            yield "Et resultat viser til et annet resultat som ikke er med."
