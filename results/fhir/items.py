"""A JSON object asked politely: whatever it holds, it answers or says None."""

from __future__ import annotations

from typing import Any

from results.fhir.jsontext import Number


class Item:
    """One object of a message, and the outermost resource that it lies in.

    What has another type than the question is as good as not there, except that a
    number will do for a text and a lone object for a list of one.
    """

    __slots__ = ("fields", "resource")

    def __init__(
        self, fields: dict[str, Any], resource: dict[str, Any] | None = None
    ) -> None:
        self.fields = fields
        self.resource = fields if resource is None else resource

    @property
    def type(self) -> str | None:
        """The type of a resource; None for any other object."""
        return self.text("resourceType")

    @property
    def key(self) -> int:
        """The same for every way to the same object in one message."""
        return id(self.fields)

    def text(self, name: str) -> str | None:
        """The string without surrounding blanks; None when empty."""
        value = self.fields.get(name)
        return (value.strip() or None) if isinstance(value, str) else None

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.fields.get(name)
        if not isinstance(values, list):
            values = [values]
        return tuple(t for v in values if isinstance(v, str) and (t := v.strip()))

    def number(self, name: str) -> str | None:
        """The digits as sent; also of a number that was sent as a string."""
        value = self.fields.get(name)
        return str(value).strip() if isinstance(value, str) else None

    def is_number(self, name: str) -> bool:
        return isinstance(self.fields.get(name), Number)

    def flag(self, name: str) -> bool | None:
        value = self.fields.get(name)
        return value if isinstance(value, bool) else None

    def item(self, name: str) -> Item | None:
        """The object; the first where there is a list of them."""
        return next(iter(self.items(name)), None)

    def items(self, name: str) -> tuple[Item, ...]:
        values = self.fields.get(name)
        if not isinstance(values, list):
            values = [values]
        return tuple(Item(v, self.resource) for v in values if isinstance(v, dict))

    def extensions(self, url: str) -> tuple[Item, ...]:
        return tuple(e for e in self.items("extension") if e.text("url") == url)

    def extension(self, url: str) -> Item | None:
        return next(iter(self.extensions(url)), None)
