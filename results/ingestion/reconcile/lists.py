"""A list of MsgIds, as CSV or JSON, however a laboratory's tools write these."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from results.identity import blot_out

MOST = 100_000
_LONGEST_ID = 200
_MARK_OF_UTF8 = "utf-8-sig"
_COLUMN_NAMES = ("msgid", "messageid", "meldingsid", "id")
_NOT_LETTERS = re.compile(r"[\W_]+")
_ELEVEN_DIGITS = re.compile(r"[\d\s.\-]{11,14}")


class ListFault(models.TextChoices):
    """Why a list is refused."""

    NOT_TEXT = "not-text", _("Listen er ikke tekst i UTF-8.")
    NOT_JSON = (
        "not-json",
        _('Listen er ikke JSON på formen {"messages": ["MsgId", …]}.'),
    )
    COLUMNS = (
        "columns",
        _("Listen må ha en kolonne som heter MsgId, eller bare én kolonne."),
    )
    EMPTY = "empty", _("Listen er tom.")
    TOO_MANY = "too-many", _("Listen har flere enn 100 000 meldinger. Del den opp.")
    LONG_ID = "long-id", _("En MsgId er lengre enn 200 tegn.")
    NATIONAL_NUMBER = (
        "national-number",
        _(
            "Listen ser ut til å inneholde fødselsnummer, og er ikke lest. "
            "Send bare MsgId."
        ),
    )


class UnusableList(Exception):
    """The list is refused; `line` (1 is the first) tells where, or is None. Nothing of
    the list is repeated."""

    def __init__(self, fault: ListFault, line: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.line = line


def read_list(content: bytes, *, is_json: bool) -> tuple[str, ...]:
    """The MsgIds, each once, in the order given. CSV may have a header or none, commas,
    semicolons or tabs, and the mark Excel puts first. Raises UnusableList."""
    try:
        text = content.decode(_MARK_OF_UTF8)
    except UnicodeDecodeError as error:
        raise UnusableList(ListFault.NOT_TEXT) from error
    if "\0" in text:
        raise UnusableList(ListFault.NOT_TEXT)
    found = dict.fromkeys(_in_json(text) if is_json else _in_csv(text))
    if not found:
        raise UnusableList(ListFault.EMPTY)
    return tuple(found)


def _in_json(text: str) -> Iterator[str]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableList(ListFault.NOT_JSON) from error
    values = content.get("messages") if isinstance(content, dict) else content
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise UnusableList(ListFault.NOT_JSON)
    _require_few(len(values))
    for value in values:
        _refuse_national_number(value)
        if value.strip():
            yield _usable(value)


def _in_csv(text: str) -> Iterator[str]:
    rows = _rows(text)
    column, width = 0, 1
    for count, (line, row) in enumerate(rows):
        for cell in row:
            _refuse_national_number(cell, line)
        if count == 0 and (named := _named_column(row)) is not None:
            column, width = named, len(row)
            continue
        if len(row) != width:
            raise UnusableList(ListFault.COLUMNS, line)
        _require_few(count)
        yield _usable(row[column], line)


def _rows(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Line number and cells of every line that is not blank."""
    first_line = text.lstrip().partition("\n")[0]
    delimiter = next((d for d in ";\t" if d in first_line), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise UnusableList(ListFault.COLUMNS, reader.line_num) from error


def _named_column(row: Sequence[str]) -> int | None:
    names = [_NOT_LETTERS.sub("", cell).casefold() for cell in row]
    return next((names.index(n) for n in _COLUMN_NAMES if n in names), None)


def _usable(value: str, line: int | None = None) -> str:
    message_id = value.strip()
    if len(message_id) > _LONGEST_ID:
        raise UnusableList(ListFault.LONG_ID, line)
    return message_id


def _require_few(count: int) -> None:
    if count > MOST:
        raise UnusableList(ListFault.TOO_MANY)


def _refuse_national_number(value: str, line: int | None = None) -> None:
    """A whole value alone: eleven digits within a longer id are chance."""
    text = value.strip()
    if _ELEVEN_DIGITS.fullmatch(text) and blot_out(text) != text:
        raise UnusableList(ListFault.NATIONAL_NUMBER, line)
