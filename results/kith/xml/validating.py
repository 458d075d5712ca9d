"""Holding a message to a schema: where it departs, never with what."""

import re
import threading
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from results.kith.places import Problem
from results.kith.xml.node import Element, Node

Schema: TypeAlias = etree.XMLSchema

# The schemas' pattern for an OID takes a minute over 100 kB of digits.
_LONG_SYSTEM = etree.XPath("boolean(//@S[string-length(.) > 200])")
_MANY = etree.XPath("count(descendant::*) > 3000")
_PIECE = 1 << 16
_VALIDATING = threading.Lock()
# Names in the standard are letters alone, so a name made up of digits says nothing.
_QUOTED_ELEMENT = re.compile(r"Element '(?:\{[^}]*\})?([A-Za-z]{1,40}\d{0,2})'")


def load_schema(path: Path) -> Schema:
    """A compiled schema and what it imports from the same folder; nothing is fetched.

    Raises ValueError when it does not compile.
    """
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    try:
        return etree.XMLSchema(etree.parse(str(path), parser))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError, OSError) as error:
        raise ValueError(f"{path.name} lar seg ikke bruke som skjema.") from error


def locate_problems(schema: Schema, node: Node) -> Iterator[Problem]:
    """Where an element departs from a schema, with places, in our own words:
    libxml2's sentences quote values."""
    if _LONG_SYSTEM(node.element):
        yield Problem("Skjemafeil: et kodeverk (S) er altfor langt.")
    elif _MANY(node.element):
        yield from _find_in_passing(schema, node)
    else:
        yield from _find(schema, node)


def _find(schema: Schema, node: Node) -> Iterator[Problem]:
    with _VALIDATING:  # a schema keeps its errors in itself
        try:
            if schema.validate(node.element):
                return
        except etree.XMLSchemaValidateError:
            yield Problem("Skjemafeil: meldingen lar seg ikke holde mot skjemaet.")
            return
        errors = list(schema.error_log)
    for error in errors:
        name, what = _name(error.message), _what(error.type_name)
        yield Problem(
            f"Skjemafeil på linje {error.line}: {name or 'et element'} {what}.",
            line=error.line,
            element=name,
            before=_of_its_name_before(node.element, error.path),
        )


def _find_in_passing(schema: Schema, node: Node) -> Iterator[Problem]:
    """The first problems of a long message, without their places: to find the place of
    one, libxml2 walks past all before it, and to find all takes minutes."""
    content = etree.tostring(node.element)
    parser = etree.XMLParser(
        schema=schema, huge_tree=True, resolve_entities=False, no_network=True
    )
    try:
        for start in range(0, len(content), _PIECE):
            parser.feed(content[start : start + _PIECE])
            if parser.feed_error_log:
                break
        else:
            parser.close()
    except etree.XMLSyntaxError:
        pass  # what is amiss is in the log
    for error in parser.feed_error_log:
        name = _name(error.message)
        what = _what(error.type_name)
        yield Problem(f"Skjemafeil: {name or 'et element'} {what}.", element=name)


def _name(message: str) -> str:
    found = _QUOTED_ELEMENT.match(message)
    return found.group(1) if found else ""


def _of_its_name_before(root: Element, path: str | None) -> int:
    """How many elements of the same name have their start tag end on the same line."""
    prefixes = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    try:
        found = root.xpath(path, namespaces=prefixes) if path else []
    except etree.XPathError:
        return 0
    target = found[0] if isinstance(found, list) and found else None
    if not isinstance(target, etree._Element):
        return 0
    namesakes = root.getroottree().iter(str(target.tag))
    earlier = takewhile(lambda each: each is not target, namesakes)
    return sum(1 for each in earlier if each.sourceline == target.sourceline)


def _what(error_type: str) -> str:
    if "ELEMENT_CONTENT" in error_type:
        return "er ikke ventet her, eller noe mangler i det"
    if "CVC_COMPLEX_TYPE_2_3" in error_type:
        return "har løs tekst"
    return "har en ugyldig verdi"
