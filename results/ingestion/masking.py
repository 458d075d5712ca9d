"""Nothing that is told of a message tells a national number."""

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from results.identity import blot_out

Told = TypeVar("Told")

_MASK = "•••••••••••"
# Shorter ones are local numbers, which may be anything else as well.
_LENGTHS = range(9, 41)
_BETWEEN = r"[\s.\-]?"
# Half a character, and NUL: neither can be written or kept.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


class Mask:
    """Hides a patient's number, as it was sent, and all that passes for one."""

    def __init__(self, number_as_sent: str | None) -> None:
        number = "".join((number_as_sent or "").split())
        self._own = (
            re.compile(_BETWEEN.join(map(re.escape, number)), re.IGNORECASE)
            if len(number) in _LENGTHS
            else None
        )

    def text(self, text: str) -> str:
        """The text, readable but for numbers."""
        text = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
        if self._own:
            text = self._own.sub(_MASK, text)
        return blot_out(text)

    def all_of(self, value: Told) -> Told:
        """The same value with every text in it masked, in dataclasses and tuples."""
        masked: Any = value
        if isinstance(value, str) and not isinstance(value, Enum):
            masked = self.text(value)
        elif isinstance(value, tuple):
            masked = tuple(self.all_of(each) for each in value)
        elif is_dataclass(value) and not isinstance(value, type):
            names = [field.name for field in fields(value)]
            parts = {name: self.all_of(getattr(value, name)) for name in names}
            masked = replace(value, **parts)
        return masked  # type: ignore[no-any-return]
