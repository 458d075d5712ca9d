"""Rows of the log as the bytes that are hashed, straight out of PostgreSQL's COPY.

A form is a list of expressions; a leaf is a row's text in COPY's format: values divided
by tabs, tabs and line breaks in them escaped, nothing as backslash-N. Columns that come
to the log later make a new form, and rows sealed before are held to their own.
"""

from collections.abc import Generator

from django.conf import settings
from django.db import connections
from django.db.backends.utils import CursorWrapper

_AT = """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_FORM_1 = (
    *("salt", "id", _AT, "transaction_id", "action", "patient_id"),
    *("report_ids::text", "report_count", "categories::text", "origins::text"),
    *("encode(search_hash, 'hex')", "viewer_kind", "user_id", "session_id"),
    *("viewer_name", "hpr_number", "role_code", "organization_id"),
    *("organization_name", "calling_system", "is_own", "basis", "purpose_of_use"),
    *("encode(justification_encrypted, 'hex')", "care_relationship_id"),
    *("is_permitted", "reason", "rule"),
)
FORMS = {1: ", ".join(_FORM_1)}
NEWEST_FORM = 1
TREE = "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM')"


def sealer() -> CursorWrapper:
    """A cursor on the sealer's connection."""
    return connections[settings.SEALER_DATABASE].cursor()


def lines(cursor: CursorWrapper, query: str) -> Generator[bytes]:
    """What a query gives, a row at a time as COPY writes it, less the line break."""
    with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
        for line in copy:
            yield bytes(line)[:-1]
