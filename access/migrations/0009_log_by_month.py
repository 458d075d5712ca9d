"""The log is kept by month, and tells more: how many, of what, whose, through which
system. What is written so far is moved, with its justifications encrypted."""

import uuid

from django.db import migrations, models

import access.models.log
from access.models.log import JUSTIFICATION_CONTEXT
from results.encryption import encrypt

_MAKE_ROOM = """
ALTER TABLE access_accesslogentry RENAME TO access_log_before;
ALTER TABLE access_log_before
  RENAME CONSTRAINT access_accesslogentry_pkey TO access_log_before_pkey;
DROP INDEX log_of_patient;
DROP INDEX log_of_viewer_and_patient;

CREATE TABLE access_accesslogentry (
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  action varchar(20) NOT NULL,
  patient_id uuid NOT NULL,
  report_ids jsonb NOT NULL,
  report_count integer NOT NULL CHECK (report_count >= 0),
  categories jsonb NOT NULL,
  origins jsonb NOT NULL,
  search_hash bytea,
  viewer_kind varchar(12) NOT NULL,
  user_id uuid,
  session_id uuid,
  viewer_name varchar(300) NOT NULL,
  hpr_number varchar(20) NOT NULL,
  role_code varchar(3) NOT NULL,
  organization_id uuid,
  organization_name varchar(300) NOT NULL,
  calling_system varchar(512) NOT NULL,
  is_own boolean NOT NULL,
  basis varchar(20) NOT NULL,
  purpose_of_use varchar(6) NOT NULL,
  justification_encrypted bytea,
  care_relationship_id uuid,
  is_permitted boolean NOT NULL,
  reason varchar(30) NOT NULL,
  rule varchar(30) NOT NULL,
  salt uuid NOT NULL,
  transaction_id bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX log_of_patient ON access_accesslogentry (patient_id, at DESC, id DESC);
CREATE INDEX log_of_viewer_and_patient ON access_accesslogentry (user_id, patient_id);
CREATE INDEX log_in_sealing_order ON access_accesslogentry (transaction_id);

-- Never a lost row: what no month takes lies here until its month is made.
CREATE TABLE access_log_default PARTITION OF access_accesslogentry DEFAULT;

-- Run by the service, which owns nothing: with the owner's rights, and for this alone.
-- Gives whether the month was made now.
CREATE FUNCTION access_log_make_month(day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  first timestamptz := date_trunc('month', day::timestamptz);
  next timestamptz := first + interval '1 month';
  name text := 'access_log_' || to_char(first, 'YYYY_MM');
  waits boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('access_log_make_month'));
  IF to_regclass(name) IS NOT NULL THEN RETURN false; END IF;
  SELECT EXISTS (SELECT FROM access_log_default WHERE at >= first AND at < next)
    INTO waits;
  IF waits THEN
    ALTER TABLE access_accesslogentry DETACH PARTITION access_log_default;
  END IF;
  EXECUTE format('CREATE TABLE %I PARTITION OF access_accesslogentry'
    ' FOR VALUES FROM (%L) TO (%L)', name, first, next);
  EXECUTE format('CREATE TRIGGER access_log_refuses_truncation BEFORE TRUNCATE ON %I'
    ' FOR EACH STATEMENT EXECUTE FUNCTION access_log_is_append_only()', name);
  IF waits THEN
    INSERT INTO access_accesslogentry
      SELECT * FROM access_log_default WHERE at >= first AND at < next;
    DELETE FROM access_log_default WHERE at >= first AND at < next;
    ALTER TABLE access_accesslogentry ATTACH PARTITION access_log_default DEFAULT;
  END IF;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION access_log_make_month(date) FROM PUBLIC;

CREATE TRIGGER access_log_refuses_truncation BEFORE TRUNCATE ON access_log_default
  FOR EACH STATEMENT EXECUTE FUNCTION access_log_is_append_only();

SELECT access_log_make_month(month::date) FROM generate_series(
  (SELECT date_trunc('month', least(min(at), now())) FROM access_log_before),
  now() + interval '3 months', interval '1 month') AS month;

INSERT INTO access_accesslogentry
  (id, at, action, patient_id, report_ids, report_count, categories, origins,
   viewer_kind, user_id, viewer_name, hpr_number, role_code, organization_id,
   organization_name, calling_system, is_own, basis, purpose_of_use,
   care_relationship_id, is_permitted, reason, rule, salt)
SELECT id, at, action, patient_id, report_ids, jsonb_array_length(report_ids),
       '[]', '[]', viewer_kind, user_id, viewer_name, hpr_number, role_code,
       organization_id, organization_name, '',
       EXISTS (SELECT FROM access_user u
               WHERE u.id = before.user_id AND u.patient_id = before.patient_id),
       basis, purpose_of_use, care_relationship_id, is_permitted, reason, rule,
       gen_random_uuid()
FROM access_log_before before;
"""

# Made after the rows have moved; PostgreSQL gives every partition the row trigger.
_CLOSE = """
CREATE TRIGGER access_log_refuses_changes
  BEFORE UPDATE OR DELETE ON access_accesslogentry
  FOR EACH ROW EXECUTE FUNCTION access_log_is_append_only();
CREATE TRIGGER access_log_refuses_truncation
  BEFORE TRUNCATE ON access_accesslogentry
  FOR EACH STATEMENT EXECUTE FUNCTION access_log_is_append_only();
DROP TABLE access_log_before;
"""


def move(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_MAKE_ROOM)
        cursor.execute(
            "SELECT id, at, justification FROM access_log_before"
            " WHERE justification <> ''"
        )
        for key, at, said in cursor.fetchall():
            cursor.execute(
                "UPDATE access_accesslogentry SET justification_encrypted = %s"
                " WHERE id = %s AND at = %s",
                [encrypt(said.encode(), context=JUSTIFICATION_CONTEXT), key, at],
            )
        cursor.execute(_CLOSE)


def _added(name, field):
    return migrations.AddField("accesslogentry", name, field)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0008_policies"),
        ("results", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            "usersession",
            "calling_system",
            models.CharField(blank=True, default="", max_length=512),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(move)],
            state_operations=[
                migrations.RemoveIndex("accesslogentry", "log_of_patient"),
                migrations.RemoveField("accesslogentry", "justification"),
                _added("report_count", models.PositiveIntegerField(default=0)),
                _added("categories", models.JSONField(default=list)),
                _added("origins", models.JSONField(default=list)),
                _added("search_hash", models.BinaryField(max_length=32, null=True)),
                _added("session_id", models.UUIDField(null=True)),
                _added("calling_system", models.CharField(blank=True, max_length=512)),
                _added("is_own", models.BooleanField(default=False)),
                _added("justification_encrypted", models.BinaryField(null=True)),
                _added("salt", models.UUIDField(default=uuid.uuid4)),
                _added(
                    "transaction_id",
                    models.BigIntegerField(
                        db_default=access.models.log.CurrentTransaction()
                    ),
                ),
                migrations.AddIndex(
                    "accesslogentry",
                    models.Index(
                        fields=["patient_id", "-at", "-id"], name="log_of_patient"
                    ),
                ),
                migrations.AddIndex(
                    "accesslogentry",
                    models.Index(
                        fields=["transaction_id"], name="log_in_sealing_order"
                    ),
                ),
            ],
        ),
    ]
