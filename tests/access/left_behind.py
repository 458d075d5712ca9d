"""All that is kept, as text: what an erasure must leave nothing in."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

from results.encryption import CannotDecrypt, decrypt
from results.ingestion.acknowledge import APPREC_CONTEXT
from results.ingestion.process import CONTENT_CONTEXT

# What tests are called in general, whoever has had one.
_IN_GENERAL = ("results_coding", "results_explanation", "results_codelist")
_CONTEXTS = (CONTENT_CONTEXT, APPREC_CONTEXT)


def words_left(*words: str) -> set[str]:
    """Which of the words stand in any table, any encrypted column or any file."""
    text = "\n".join([*_rows(), *_opened(), *_files()])
    return {word for word in words if word in text}


def _rows():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(_IN_GENERAL):
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                yield from (row[0] for row in cursor.fetchall())


def _opened():
    for model in apps.get_models():
        for field in model._meta.fields:
            if field.name.endswith("_encrypted"):
                rows = model._base_manager.values_list(field.name, flat=True)
                yield from map(_open, filter(None, rows))


def _open(sealed) -> str:
    for context in _CONTEXTS:
        try:
            return decrypt(sealed, context=context).decode("latin-1")
        except CannotDecrypt:
            continue
    return ""


def _files():
    for path in sorted(Path(settings.EMAIL_FILE_PATH).rglob("*")):
        if path.is_file():
            yield path.read_text("latin-1")
