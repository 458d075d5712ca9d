"""Which code system is meant, and how its codes are spelt, however a sender writes."""

import re
from collections.abc import Iterator

VOLVEN = "2.16.578.1.12.4.1.1."
NLK = VOLVEN + "7280"
NCRP = VOLVEN + "7270"
NORPAT = VOLVEN + "7010"

# NKKKL was retired in 2014, but laboratories still send its OID with NLK's codes in it.
_NKKKL = VOLVEN + "7230"
_NUMBER = re.compile(r"\d{4}")
_PAGE = re.compile(
    r"https?://(?:helsedir|ehelse)\.no/fhir/CodeSystem/no-kodeverk-(\d{4})(?:[-.].*)?"
)
_OTHER_NAMES = {
    _NKKKL: NLK,
    # NPU itself, of which NLK is the Norwegian selection.
    "http://npu-terminology.org": NLK,
    "http://www.npu-terminology.org": NLK,
    "https://npu-terminology.org": NLK,
    "1.2.208.176.2.1": NLK,
    "http://hl7.org/fhir/sid/icd-10-no": VOLVEN + "7110",
}
# Nothing but NPU and its national additions looks like this.
_NATIONAL = re.compile(r"(?:NPU|NOR|SWE|DNK)\d{5}")
_MISSPELT_NOR = re.compile(r"NO(\d{5})")
_NOT_OF_CODES = re.compile(r"[\s\-‐–]+")


def system_of(text: str) -> str:
    """The OID, from an OID, `urn:oid:`, a bare Volven number or a FHIR address.

    A retired system becomes its successor; what is not recognised comes back as it is.
    """
    text = text.strip().rstrip("./")
    if text[:8].lower() == "urn:oid:":
        text = text[8:]
    if _NUMBER.fullmatch(text):
        text = VOLVEN + text
    if page := _PAGE.fullmatch(text):
        text = VOLVEN + page[1]
    return _OTHER_NAMES.get(text, text)


def folded(code: str) -> str:
    """Blanks and case let pass: «T 08000» is T08000, «s» is S (dialects D32, D34)."""
    return "".join(code.split()).upper()


def keys(code: str, system: str) -> Iterator[tuple[str, str]]:
    """Where to look for a code, the likeliest first.

    A code that can only be NPU's is sought in NLK whatever OID it came under: local
    (8212), retired (7230, 8350), wrong or none (dialect D28).
    """
    oid, code = system_of(system), code.strip()
    if oid:
        yield oid, code
        yield oid, folded(code)
    bare = _NOT_OF_CODES.sub("", code).upper()
    if _NATIONAL.fullmatch(bare):
        yield NLK, bare
    elif oid == NLK and (misspelt := _MISSPELT_NOR.fullmatch(bare)):
        yield NLK, f"NOR{misspelt[1]}"
