"""One code out of a tree of names and values, whatever a stranger has put there."""

from typing import TypeGuard

from results.code_lists.problems import UnreadableList
from results.codes.releases import ReleasedCode

Object = dict[str, object]
_LONGEST = 100


def is_object(said: object) -> TypeGuard[Object]:
    return isinstance(said, dict)


def objects(said: object) -> list[Object]:
    """The objects of a list, or the object that stands where a list should."""
    return [
        one for one in (said if isinstance(said, list) else [said]) if is_object(one)
    ]


def text(said: Object, name: str) -> str:
    value = said.get(name)
    return value.strip() if isinstance(value, str) else ""


def entry(said: Object, *, where: str) -> ReleasedCode:
    """`code` and `display`; a code without a name is called what it is.

    Raises UnreadableList.
    """
    code = text(said, "code")
    if not code or len(code) > _LONGEST:
        raise UnreadableList(f"En kode i {where[:80]} mangler eller er for lang.")
    name = text(said, "display") or code
    if "\x00" in code + name:
        raise UnreadableList(f"En kode i {where[:80]} har tegn som ikke kan lagres.")
    return ReleasedCode(code, name)
