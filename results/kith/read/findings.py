"""Results as a diagnosis (`DiagComment`) or template answers (`StructuredInfo`)."""

from collections.abc import Iterator

from results.kith.read import values
from results.kith.xml import Node
from results.parsed import ParsedCoding

Pair = tuple[str, str]

# Volven 7305, where a modifier's name has no words of its own.
_MODIFIERS = {
    "A": "ATC-kode",
    "AN": "Anatomisk lokalisasjon",
    "DI": "Diagnosestatus",
    "FO": "Forløp",
    "LA": "Lateralitet",
    "S": "ICD10 stjernekode",
}
_TRUTHS = {"true": "Ja", "1": "Ja", "false": "Nei", "0": "Nei"}


def diagnosis(node: Node) -> tuple[tuple[ParsedCoding, ...], list[Pair]]:
    """The diagnoses of an item, and what modifies them: «Lateralitet», «Venstre»."""
    comments = node.children("DiagComment")
    codes = values.codings(c for d in comments for c in d.children("Concept"))
    modifiers = [m for d in comments for m in d.children("Modifier")]
    return codes, [pair for modifier in modifiers for pair in _modifier(modifier)]


def _modifier(node: Node) -> Iterator[Pair]:
    name = values.coding(node.child("Name"))
    label = (name and (_MODIFIERS.get(name.text or "") or name.text)) or ""
    for value in values.codings(node.children("Value")):
        yield label, value.text or ""


def structured(node: Node) -> list[Pair]:
    """Template answers as label and value (dialect D40)."""
    return [
        (_label(info), value)
        for info in node.children("StructuredInfo")
        for value in _answers(info)
    ]


def _label(info: Node) -> str:
    label = values.coding(info.child("Type"))
    return (label and label.text) or ""


def _answers(info: Node) -> Iterator[str]:
    for part in info.children("TextInfo"):
        yield from part.texts("Text")
    for part in info.children("IntegerInfo"):
        yield from part.texts("Integer")
    for part in info.children("PhysicalInfo"):
        for sent in part.children("Quantity"):
            number = sent.attribute("V") or ""
            yield f"{number} {values.unit(sent) or ''}".strip()
    for part in info.children("CodedInfo"):
        for coded in values.codings(part.children("Code")):
            yield coded.text or ""
    for part in info.children("BooleanInfo"):
        flag = part.code("Flag") or ""
        yield _TRUTHS.get(flag, flag)
