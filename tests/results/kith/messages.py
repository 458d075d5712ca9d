"""Builds svarrapport messages whose defaults read as an ordinary day at Nordlab."""

from results.identity import check_digits

NAMESPACES = {
    "1.4": "http://www.kith.no/xmlstds/labsvar/2012-02-15",
    "1.3": "http://www.kith.no/xmlstds/labsvar/2008-12-01",
    "1.2": "http://www.kith.no/xmlstds/labsvar/2005-03-14",
}
MIG_VERSIONS = {"1.4": "v1.4 2012-02-15", "1.3": "v1.3 2008-12-01", "1.2": "v1.2"}
NLK = "2.16.578.1.12.4.1.1.7280"
MESSAGE_ID = "0b6f0a52-7a9e-4c56-9a53-3d1f3f0f7c11"
REPORT_ID = "NL-2026-004711"


def a_number(first_six: str = "128473", individuals: range = range(500)) -> str:
    """A synthetic number (month + 80 for Kari, born 12.04.1973), computed."""
    for individual in individuals:
        nine = f"{first_six}{individual:03d}"
        if ends := check_digits(nine):
            return nine + ends
    raise AssertionError("no number in that range")


KARI = a_number()


def a_code(name: str, code: str, *, system: str = "", display: str = "") -> str:
    more = f' S="{system}"' if system else ""
    more += f' DN="{display}"' if display else ""
    return f'<{name} V="{code}"{more}/>'


def a_unit(name: str, her_id: str, *, department: str = "", more: str = "") -> str:
    dept = ""
    if department:
        dept = (
            f'<Dept><Name>{department}</Name><Id>{her_id}1</Id><TypeId V="HER"/></Dept>'
        )
    return (
        f"<HCP><Inst><Name>{name}</Name><Id>{her_id}</Id>"
        f'<TypeId V="HER" DN="HER-id"/>{dept}{more}</Inst></HCP>'
    )


def a_person(name: str, hpr_number: str) -> str:
    return (
        f"<HCPerson><Name>{name}</Name><Id>{hpr_number}</Id>"
        f'<TypeId V="HPR"/></HCPerson>'
    )


PROVIDER = (
    "<ServProvider>"
    + a_unit("Nordlab", "900001", department="Medisinsk biokjemi")
    + "</ServProvider>"
)
REQUESTER = "<Requester>" + a_unit("Lillevik legesenter", "900002") + "</Requester>"


def a_patient(
    content: str = "",
    *,
    name: str = "Prøve, Kari",
    number: str = KARI,
    kind: str = "FNR",
    after: str = "",
) -> str:
    """`content` is specimens and results; `after` a nested person."""
    shown_name = f"<Name>{name}</Name>" if name else ""
    return (
        f'<Patient><Sex V="2"/>{shown_name}<OffId>{number}</OffId>'
        f'<TypeOffId V="{kind}"/>{content}{after}</Patient>'
    )


def a_specimen(
    number: str = "1", *, taken: str = "2026-03-02T08:15:00", more: str = ""
):
    return (
        f'<AnalysedSubject><CollectedSample><CollectedDate V="{taken}"/>'
        f"</CollectedSample><Type>Serum</Type>"
        f"<IdByServProvider>{number}</IdByServProvider>{more}</AnalysedSubject>"
    )


def a_value(number: str = "139", unit: str = "mmol/L", comparator: str = "") -> str:
    comp = f'<ArithmeticComp V="{comparator}"/>' if comparator else ""
    return f'<NumResult>{comp}<NumResultValue V="{number}" U="{unit}"/></NumResult>'


def a_text(text: str = "", *, heading: str = "", codes: str = "") -> str:
    head = f'<Heading V="{heading}"/>' if heading else ""
    value = f"<TextResultValue>{text}</TextResultValue>" if text else ""
    return f"<TextResult>{head}{value}{codes}</TextResult>"


def an_item(
    value: str = a_value(),
    *,
    code: str = "NPU03429",
    service_type: str = "N",
    more: str = "",
    members: str = "",
) -> str:
    kind = f'<ServType V="{service_type}"/>' if service_type else ""
    return (
        f"<ResultItem>{value}{kind}<Investigation>"
        f'<Id V="{code}" S="{NLK}" DN="P-Natrium"/></Investigation>'
        f"{more}{members}</ResultItem>"
    )


def a_document(content: str = "", *, mime: str = "application/pdf", more: str = ""):
    """A RefDoc; `content` is base64."""
    return (
        f'<RefDoc><MsgType V="A"/><MimeType>{mime}</MimeType>{more}<Content>'
        '<Base64Container xmlns="http://www.kith.no/xmlstds/base64container">'
        f"{content}</Base64Container></Content></RefDoc>"
    )


def a_report(
    patient: str = a_patient(),
    *,
    service_type: str = "N",
    status: str = "F",
    report_id: str = REPORT_ID,
    header: str = "",
    parties: str = PROVIDER + REQUESTER,
) -> str:
    """`header` is comments, documents and requisitions; `parties` come after."""
    identifier = f"<ServProvId>{report_id}</ServProvId>" if report_id else ""
    return (
        f'<ServReport><ServType V="{service_type}"/>'
        f'<IssueDate V="2026-03-02T10:00:00"/><Status V="{status}"/>'
        f'<MsgDescr V="CLIN" DN="Medisinsk biokjemi"/>{identifier}'
        f"{header}{patient}{parties}</ServReport>"
    )


def a_message(
    report: str = a_report(),
    *,
    version: str = "1.4",
    message_id: str = MESSAGE_ID,
    generated: str = "2026-03-02T10:05:00",
    namespace: str | None = None,
    mig_version: str | None = None,
    header: str = "",
) -> str:
    """The whole message, without a declaration; encode it as the test needs."""
    identifier = f"<MsgId>{message_id}</MsgId>" if message_id else ""
    if namespace is None:
        namespace = NAMESPACES[version]
    declared = f' xmlns="{namespace}"' if namespace else ""
    return (
        f'<Message{declared}><Type V="SVAR_LAB" DN="Svarrapport"/>'
        f"<MIGversion>{mig_version or MIG_VERSIONS[version]}</MIGversion>"
        f'<GenDate V="{generated}"/>{identifier}{header}{report}</Message>'
    )


def a_message_with(*content: str, **report: str) -> bytes:
    """A message whose one report has these specimens and results."""
    return a_message(a_report(a_patient("".join(content)), **report)).encode()
