"""Finding codes by the words people use for them."""

from collections.abc import Iterable

from results.codes.known import KnownCode

_NO_MATCH = 9


def search_in(codes: Iterable[KnownCode], words: str) -> tuple[KnownCode, ...]:
    """Codes that hold every word, in order of how well they do; pure."""
    wanted = words.casefold().split()
    if not wanted:
        return ()
    ranked = ((_rank(code, wanted), code) for code in codes)
    found = [(rank, code) for rank, code in ranked if rank < _NO_MATCH]
    found.sort(key=lambda pair: (pair[1].is_retired, pair[0], pair[1].order))
    return tuple(code for _, code in found)


def _rank(code: KnownCode, wanted: list[str]) -> int:
    """The code or whole name, then how its words agree; 9 is not at all."""
    everyday = code.everyday_name.casefold()
    said = f"{everyday} {code.keywords} {code.display} {code.code}".casefold()
    if any(word not in said for word in wanted):
        return _NO_MATCH
    whole = " ".join(wanted)
    analyte = code.order[2]
    if whole in (code.code.casefold(), everyday, analyte):
        return 0
    if everyday.startswith(whole):
        return 1
    said_words = _separated(said).split()
    if all(word in said_words for word in wanted):
        return 2
    is_start = all(any(s.startswith(word) for s in said_words) for word in wanted)
    return 3 if is_start else 4


def _separated(text: str) -> str:
    return "".join(c if c.isalnum() else " " for c in text) + " " + text
