"""A test is one transaction, which is never over; here every row is as if it had one of
its own, and was committed."""

import pytest
from django.db import connection

from access.sealing import batches

_EACH_ITS_OWN = """
CREATE SEQUENCE transactions START 1000;
CREATE FUNCTION in_its_own_transaction() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER AS $$
BEGIN
  NEW.transaction_id := nextval('transactions');
  RETURN NEW;
END $$;
CREATE TRIGGER in_its_own_transaction BEFORE INSERT ON access_accesslogentry
  FOR EACH ROW EXECUTE FUNCTION in_its_own_transaction();
GRANT SELECT ON transactions TO PUBLIC;
"""


@pytest.fixture
def _what_is_written_is_committed(db, monkeypatch):
    connection.cursor().execute(_EACH_ITS_OWN)

    def horizon(cursor):
        cursor.execute("SELECT last_value + 1 FROM transactions")
        return cursor.fetchone()[0]

    monkeypatch.setattr(batches, "horizon", horizon)


@pytest.fixture(autouse=True)
def anchor_folder(tmp_path, settings):
    settings.ANCHORS = (tmp_path.as_uri(),)
    return tmp_path
