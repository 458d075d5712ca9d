"""Changes to a message that leave it well-formed, so that reading gets past the parser.

Blind changes to bytes seldom do; libFuzzer makes those as well.
"""

import copy
import random
from collections.abc import Callable

from lxml import etree

_VALUES = (
    *(
        "",
        " ",
        "0",
        "-1",
        "5,2",
        "1E999",
        "NaN",
        "INF",
        "NULL",
        "N",
        "M",
        "C",
        "H",
        "A",
    ),
    *("S", "F", "P", "14", "15", "true", "2026-03-02", "2026", "2026-03-02T24:00:00Z"),
    *(
        "2026-13-01",
        "9" * 70,
        "<b>x</b>",
        "\u2028",
        "👩\u200d⚕️",
        "ALLÅ\n\tØ",
        "x" * 300,
    ),
)
_NAMES = ("V", "S", "DN", "OT", "U")


def mutate(content: bytes, seed: int) -> bytes | None:
    """The message with one to four changes; None when it cannot be parsed."""
    chance = random.Random(seed)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    for _ in range(chance.randint(1, 4)):
        elements = [e for e in root.iter("*") if e is not root]
        if not elements:
            return None
        chance.choice(_CHANGES)(chance.choice(elements), elements, chance)
    return etree.tostring(root)


def _copy_in(element, elements, chance) -> None:
    other = copy.deepcopy(chance.choice(elements))
    if sum(1 for _ in other.iter()) < 200:
        element.insert(chance.randint(0, len(element)), other)


def _wrap(element, elements, chance) -> None:
    if sum(1 for _ in element.iter()) > 50:
        return
    for _ in range(chance.choice((1, 2, 70))):
        inner = copy.deepcopy(element)
        inner.tail = None
        element[:] = [inner]


def _remove(element, elements, chance) -> None:
    element.getparent().remove(element)


def _shuffle(element, elements, chance) -> None:
    children = list(element)
    chance.shuffle(children)
    element[:] = children


def _set_value(element, elements, chance) -> None:
    element.set(chance.choice(_NAMES), chance.choice(_VALUES))


def _set_text(element, elements, chance) -> None:
    element.text = chance.choice(_VALUES)
    element.tail = chance.choice((None, "løs tekst"))


def _rename(element, elements, chance) -> None:
    element.tag = chance.choice((chance.choice(elements).tag, "Ukjent", "{urn:x}Id"))


_CHANGES: tuple[Callable[..., None], ...] = (
    *(_copy_in, _wrap, _remove, _shuffle, _set_value, _set_text, _rename),
)
