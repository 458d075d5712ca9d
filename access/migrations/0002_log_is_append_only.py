"""The access log takes new rows and nothing else, whoever asks."""

from django.db import migrations

_REFUSE = """
CREATE FUNCTION access_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the access log is append-only' USING ERRCODE = '42501';
END $$;
CREATE TRIGGER access_log_refuses_changes
  BEFORE UPDATE OR DELETE ON access_accesslogentry
  FOR EACH ROW EXECUTE FUNCTION access_log_is_append_only();
CREATE TRIGGER access_log_refuses_truncation
  BEFORE TRUNCATE ON access_accesslogentry
  FOR EACH STATEMENT EXECUTE FUNCTION access_log_is_append_only();
"""

_ALLOW = """
DROP TRIGGER access_log_refuses_truncation ON access_accesslogentry;
DROP TRIGGER access_log_refuses_changes ON access_accesslogentry;
DROP FUNCTION access_log_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [migrations.RunSQL(_REFUSE, _ALLOW)]
