"""What reading found wrong, gathered on the way: faults refuse, warnings only tell."""

from dataclasses import dataclass, field

from results.parsed import MessageFault


@dataclass(slots=True)
class Notes:
    """Sentences for the sender. None may hold a value from the message."""

    _faults: dict[MessageFault, None] = field(default_factory=dict)
    _warnings: dict[str, None] = field(default_factory=dict)

    def refuse(self, text: str, *, code: str = "X99") -> None:
        """A ground for a negative receipt; the same ground counts once."""
        self._faults[MessageFault(code, text)] = None

    def warn(self, text: str) -> None:
        """Something amiss that does not stop the report; the same counts once."""
        self._warnings[text] = None

    @property
    def faults(self) -> tuple[MessageFault, ...]:
        return tuple(self._faults)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self._warnings)
