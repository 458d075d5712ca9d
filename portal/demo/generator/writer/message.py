"""Writes a message as svarrapport 1.4 or 1.3 (HIS 80822), schema-valid, as bytes."""

from portal.demo.generator.drafts import (
    Message,
    Person,
    Report,
    Requisition,
    Specimen,
)
from portal.demo.generator.writer import wording
from portal.demo.generator.writer.markup import (
    code_value,
    coded,
    element,
    moment,
    text,
    value,
)
from portal.demo.generator.writer.parties import party, related
from portal.demo.generator.writer.results import accredited, result_item

_NAMESPACE = {
    "1.4": "http://www.kith.no/xmlstds/labsvar/2012-02-15",
    "1.3": "http://www.kith.no/xmlstds/labsvar/2008-12-01",
}
_GUIDE_VERSION = {"1.4": "v1.4 2012-02-15", "1.3": "v1.3 2008-12-01"}
_SEX = {True: ("2", "Kvinne"), False: ("1", "Mann")}


def write(message: Message) -> bytes:
    """The whole document; characters the encoding lacks become references."""
    report = message.report
    document = (
        f'<?xml version="1.0" encoding="{message.encoding}"?>\n'
        f'<Message xmlns="{_NAMESPACE[message.version]}">\n'
        + coded("Type", _message_type(message), wording.MESSAGE_TYPE)
        + text("MIGversion", _GUIDE_VERSION[message.version])
        + value("GenDate", moment(message.generated_at))
        + text("MsgId", message.id)
        + (value("Status", "TEST", DN="Melding til testformål") * message.is_test)
        + _report(report)
        + "</Message>\n"
    )
    return document.encode(message.encoding, "xmlcharrefreplace")


def _message_type(message: Message) -> str:
    if message.version == "1.3":
        return "S"
    return "SVAR_RTG" if message.report.is_imaging else "SVAR_LAB"


def _report(report: Report) -> str:
    return element(
        "ServReport",
        coded("ServType", report.service_type, wording.SERVICE_TYPE),
        value("IssueDate", moment(report.issued_at)),
        value("ApprDate", moment(report.approved_at)),
        coded("Status", report.status, wording.REPORT_STATUS),
        coded("MsgDescr", report.type_code, wording.REPORT_TYPE),
        text("ServProvId", report.id),
        text("Comment", report.comment),
        *(code_value("CodedComment", code) for code in report.coded_comments),
        _requisition(report.requisition),
        _patient(report),
        element("ServProvider", party(report.sender)),
        element("Requester", party(report.recipient)),
        *(element("CopyDest", party(copy)) for copy in report.copies),
        related("RelServProv", report.responsible),
    )


def _requisition(requisition: Requisition | None) -> str:
    if requisition is None:
        return ""
    issued = requisition.issued_on.isoformat() if requisition.issued_on else ""
    return element(
        "ServReq",
        value("IssueDate", issued),
        text("ReqComment", requisition.comment),
        text("Id", requisition.id),
        value("ReceiptDate", moment(requisition.received_at)),
        text("IdByServProvider", requisition.id_by_laboratory),
        _reason(requisition.reason),
    )


def _reason(reason: str) -> str:
    if not reason:
        return ""
    return element(
        "ReasonAsText",
        value("Heading", "PROB", DN="Aktuell problemstilling"),
        text("TextResultValue", reason),
    )


def _patient(report: Report) -> str:
    return element(
        "Patient",
        _identity(report.person),
        related("ResponsibleHcp", report.requester),
        _clinical_information(report.clinical_information),
        *(_specimen(specimen) for specimen in report.specimens),
        *(result_item(result) for result in report.results),
    )


def _identity(person: Person) -> str:
    sex, sex_in_words = _SEX[person.is_female]
    return (
        value("Sex", sex, DN=sex_in_words)
        + value("DateOfBirth", person.birth_date.isoformat())
        + text("Name", person.reported_name)
        + text("OffId", person.number)
        + coded("TypeOffId", person.number_type, wording.NUMBER_TYPE)
    )


def _clinical_information(information: str) -> str:
    if not information:
        return ""
    return element(
        "InfItem",
        element("Observation", text("Description", information)),
        value("Type", "OPPL", DN="Klinisk opplysning"),
    )


def _specimen(specimen: Specimen) -> str:
    collected = value("CollectedDate", moment(specimen.collected_at))
    return element(
        "AnalysedSubject",
        element("CollectedSample", collected),
        text("Type", specimen.text),
        code_value("TypeCoded", specimen.material),
        text("Comment", specimen.comment),
        text("AnatomicalOrigin", specimen.origin),
        text("IdByServProvider", specimen.id),
        accredited(specimen.is_accredited),
    )
