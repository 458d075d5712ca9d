"""What stands only in a Composition's text: sections without entries."""

from collections.abc import Iterator

from results.fhir.bundle import Bundle
from results.fhir.items import Item
from results.fhir.read.membership import sections
from results.kith import xml
from results.kith.names import XHTML
from results.kith.read import markup
from results.kith.screening import UnreadableMessage

_DECLARED = f'xmlns="{XHTML}"'


def remarks(bundle: Bundle) -> Iterator[str]:
    """The text of each section that holds nothing else, under its title.

    A section with entries or sections only says again in its text what those say.
    """
    for composition in bundle.of_type("Composition"):
        for section in sections(composition):
            if section.items("entry") or section.items("section"):
                continue
            if text := _text_of(section):
                title = section.text("title")
                yield f"{title}: {text}" if title else text


def _text_of(section: Item) -> str | None:
    narrative = section.item("text")
    div = narrative.text("div") if narrative else None
    if div is None:
        return None
    try:
        return markup.as_text(xml.parse(div.encode()))
    except UnreadableMessage:
        return None
