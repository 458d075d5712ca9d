"""What the application's database role may do: everything but rewrite the log."""

from django.apps import AppConfig
from django.db import connections

APPLICATION_ROLE = "provesvar_app"

_RIGHTS = f"""
DO $$
DECLARE partition regclass;
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION_ROLE}') THEN
    GRANT USAGE ON SCHEMA public TO {APPLICATION_ROLE};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public
      TO {APPLICATION_ROLE};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION_ROLE};
    REVOKE UPDATE, DELETE, TRUNCATE ON access_accesslogentry FROM {APPLICATION_ROLE};
    -- The months are reached through the log, and never themselves.
    FOR partition IN SELECT inhrelid::regclass FROM pg_inherits
      WHERE inhparent = 'access_accesslogentry'::regclass
    LOOP
      EXECUTE format('REVOKE ALL ON %s FROM {APPLICATION_ROLE}', partition);
    END LOOP;
    GRANT SELECT ON access_log_default TO {APPLICATION_ROLE};
    GRANT EXECUTE ON FUNCTION access_log_make_month(date) TO {APPLICATION_ROLE};
  END IF;
END $$;
"""  # noqa: S608 - the role's name is a constant above


def grant_application_rights(sender: AppConfig, using: str, **kwargs: object) -> None:
    """After every migration: new tables are opened, the log stays append-only.

    Where no such role exists (a database with one role), the triggers on the log still
    refuse; deploy/ tells how to make the role.
    """
    connection = connections[using]
    if "access_accesslogentry" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS)
