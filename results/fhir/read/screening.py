"""What a Bundle must be before it is read as one report."""

from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.kith.read.notes import Notes

READ_TYPES = frozenset({"document", "collection", "transaction"})

_NOT_A_BUNDLE = "Meldingen er ikke en FHIR Bundle."
_WRONG_TYPE = "Bundle må være av typen document, transaction eller collection."
_CHANGED = (
    "Meldingen bruker modifierExtension eller implicitRules, som endrer meningen "
    "på en måte vi ikke kjenner."
)
_TWICE = "To ressurser har samme fullUrl."
_NO_REPORT = "Meldingen inneholder ingen svarrapport (DiagnosticReport)."
_SEVERAL = "Meldingen har flere svarrapporter (DiagnosticReport). Send hver for seg."
_NO_COMPOSITION = "Et dokument må begynne med sin Composition, og ha bare den ene."


def screen(bundle: Bundle, notes: Notes) -> Item | None:
    """The one report of a bundle that may be read; else None, with the grounds."""
    if not is_bundle(bundle, notes):
        return None
    reports = bundle.of_type("DiagnosticReport")
    if bundle.type == "document":
        _check_document(bundle, notes)
    if not reports:
        notes.refuse(_NO_REPORT)
    elif len(reports) > 1:
        notes.refuse(_SEVERAL)
    return None if notes.faults else reports[0]


def is_bundle(bundle: Bundle, notes: Notes) -> bool:
    """Whether it is a Bundle of a kind we read and says nothing that we do not know."""
    if bundle.root.type != "Bundle":
        notes.refuse(_NOT_A_BUNDLE, code="T10")
    elif bundle.type not in READ_TYPES:
        notes.refuse(_WRONG_TYPE, code="T10")
    elif bundle.changes_meaning():
        notes.refuse(_CHANGED)
    elif bundle.has_twice():
        notes.refuse(_TWICE)
    return not notes.faults


def _check_document(bundle: Bundle, notes: Notes) -> None:
    first = bundle.entries[0].resource.type if bundle.entries else None
    is_first = first == "Composition"
    if not is_first or len(bundle.of_type("Composition")) > 1:
        notes.refuse(_NO_COMPOSITION)
