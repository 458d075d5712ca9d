"""Volven's administrative lists, many in one file, as CSV or JSON."""

from collections.abc import Iterable, Iterator

from results.code_lists.entries import Object, entry, is_object, objects, text
from results.code_lists.problems import UnreadableList
from results.code_lists.sheets import open_sheet
from results.codes.releases import Release, ReleasedCode
from results.codes.systems import VOLVEN, system_of

_COLUMNS = {
    "liste": ("list", "liste", "kodeverk", "kodeverksnummer", "oid", "kodeverkoid"),
    "tittel": ("title", "tittel", "kodeverksnavn"),
    "kode": ("code", "kode", "kodeverdi", "verdi"),
    "navn": ("display", "navn", "kodetekst", "kodenavn", "tekst", "betydning"),
}


def is_volven(columns: frozenset[str]) -> bool:
    return all(columns & set(_COLUMNS[name]) for name in ("liste", "kode", "navn"))


def read_volven_csv(content: str) -> list[Release]:
    """Raises UnreadableList."""
    lists: dict[str, list[ReleasedCode]] = {}
    titles: dict[str, str] = {}
    for line in open_sheet(content, _COLUMNS).lines:
        system = system_of(line.needed("liste"))
        if not system.startswith(VOLVEN):
            raise UnreadableList(
                f"«{system[:60]}» er ikke et Volven-kodeverk.", line=line.number
            )
        titles.setdefault(system, line.text("tittel"))
        lists.setdefault(system, [])
        if line.text("kode"):
            name = line.text("navn") or line.text("kode")
            lists[system].append(ReleasedCode(line.needed("kode"), name))
    return [*_releases((s, titles[s], codes, False) for s, codes in lists.items())]


def is_volven_json(said: Object) -> bool:
    return any(is_object(one) and "codes" in one for one in said.values())


def read_volven_json(said: Object) -> list[Release]:
    """Lists by number; one that does not say `complete` is taken for an excerpt.

    Raises UnreadableList.
    """
    found = []
    for number, one in said.items():
        if is_object(one) and "codes" in one:
            system = system_of(text(one, "oid") or number)
            if not system.startswith(VOLVEN):
                raise UnreadableList(f"«{system[:60]}» er ikke et Volven-kodeverk.")
            codes = [
                entry(c, where=f"kodeverk {number}") for c in objects(one["codes"])
            ]
            title = text(one, "title")
            found.append((system, title, codes, one.get("complete") is not True))
    return [*_releases(found)]


def _releases(
    found: Iterable[tuple[str, str, list[ReleasedCode], bool]],
) -> Iterator[Release]:
    """Empty lists are passed over; where a code stands twice, the first counts."""
    for system, title, codes, is_excerpt in found:
        unique: dict[str, ReleasedCode] = {}
        for code in codes:
            unique.setdefault(code.code, code)
        if unique:
            yield Release(
                system=system,
                name=_name(system, title),
                codes=tuple(unique.values()),
                is_excerpt=is_excerpt,
            )


def _name(system: str, title: str) -> str:
    number = system.removeprefix(VOLVEN)
    return f"{number} {title.removeprefix(number).strip()}".strip()[:300]
