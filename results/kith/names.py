"""Namespaces, versions and code lists of the KITH formats, written down once."""

from dataclasses import dataclass

from results.vocabulary import MessageFormat

XHTML = "http://www.w3.org/1999/xhtml"
BASE64_CONTAINER = "http://www.kith.no/xmlstds/base64container"
ERROR_CODES_OID = "2.16.578.1.12.4.1.1.8221"

SOFTWARE_NAME = "Prøvesvar"
SOFTWARE_VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class ReceiptVersion:
    """An AppRec version, and the role codes it uses for sender and receiver."""

    namespace: str
    mig_version: str
    primary_role: tuple[str, str]
    receiver_role: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """A version of svarrapport. `mig_version` is None where no text is laid down."""

    namespace: str
    format: MessageFormat
    mig_version: str | None
    receipt: ReceiptVersion
    is_acknowledged_by_report_id: bool


APPREC_1_1 = ReceiptVersion(
    namespace="http://www.kith.no/xmlstds/apprec/2012-02-15",
    mig_version="v1.1 2012-02-15",
    primary_role=("PRIM", "Primærmottaker"),
    receiver_role=("AVS", "Avsender"),
)
APPREC_1_0 = ReceiptVersion(
    namespace="http://www.kith.no/xmlstds/apprec/2004-11-21",
    mig_version="1.0 2004-11-21",
    primary_role=("REQ", "Rekvirent"),
    receiver_role=("RECEIVER", "Mottaker"),
)
COPY_ROLE = ("COP", "Kopimottaker")

REPORT_VERSIONS = {
    version.namespace: version
    for version in (
        ReportVersion(
            namespace="http://www.kith.no/xmlstds/labsvar/2012-02-15",
            format=MessageFormat.KITH_1_4,
            mig_version="v1.4 2012-02-15",
            receipt=APPREC_1_1,
            is_acknowledged_by_report_id=False,
        ),
        ReportVersion(
            namespace="http://www.kith.no/xmlstds/labsvar/2008-12-01",
            format=MessageFormat.KITH_1_3,
            mig_version="v1.3 2008-12-01",
            receipt=APPREC_1_0,
            is_acknowledged_by_report_id=True,
        ),
        ReportVersion(
            namespace="http://www.kith.no/xmlstds/labsvar/2005-03-14",
            format=MessageFormat.KITH_1_2,
            mig_version=None,
            receipt=APPREC_1_0,
            is_acknowledged_by_report_id=True,
        ),
    )
}

# Volven 8221, the part that we send.
ERROR_NAMES = {
    "T01": "Ikke XML eller kan ikke leses",
    "T02": "Validerer ikke mot skjema",
    "T10": "Meldingsformatet støttes ikke",
    "T99": "Annen formatfeil",
    "E10": "Ugyldig meldingsidentifikator",
    "E21": "Mottaker finnes ikke",
    "E30": "Pasientens fødselsnummer mangler",
    "E31": "Pasientens fødselsnummer er feil",
    "E32": "Pasientens navn mangler",
    "E36": "Utilstrekkelige pasientopplysninger",
    "X99": "Annen feil",
}
