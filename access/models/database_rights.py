"""What each role of the database may do: nobody but the owner may rewrite the log.

The service looks, stores and writes the log; the sealer reads the log and writes seals;
the reader sees what is no patient's. Who holds them is told in deploy/README.md.
"""

from django.apps import AppConfig
from django.db import connections

APPLICATION_ROLE = "provesvar_app"
SEALER_ROLE = "provesvar_sealer"
READER_ROLE = "provesvar_reader"

_LOG = "access_accesslogentry"
_SEALS = "access_sealedentry, access_logcheckpoint, access_loganchor"
_ALARMS = "results_alarm, results_outgoingmessage"
# What an extract or a dashboard may be made of, with no key to any patient in it.
_NO_PATIENTS = (
    "results_organization, results_sourcesystem, results_codelist, results_coding,"
    " results_producerhabit, access_rolecapability, access_logcheckpoint"
)

_APPLICATION = f"""
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public
      TO {APPLICATION_ROLE};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION_ROLE};
    REVOKE UPDATE, DELETE, TRUNCATE ON {_LOG}, {_SEALS} FROM {APPLICATION_ROLE};
    -- The months are reached through the log, and never themselves.
    FOR partition IN SELECT inhrelid::regclass FROM pg_inherits
      WHERE inhparent = '{_LOG}'::regclass
    LOOP
      EXECUTE format('REVOKE ALL ON %s FROM {APPLICATION_ROLE}', partition);
    END LOOP;
    GRANT SELECT ON access_log_default TO {APPLICATION_ROLE};
    GRANT EXECUTE ON FUNCTION access_log_make_month(date) TO {APPLICATION_ROLE};
    -- Where nobody else seals, the service does; it may change no seal either way.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{SEALER_ROLE}') THEN
      REVOKE INSERT ON {_SEALS} FROM {APPLICATION_ROLE};
      REVOKE EXECUTE ON FUNCTION access_log_erase(integer) FROM {APPLICATION_ROLE};
    ELSE
      GRANT EXECUTE ON FUNCTION access_log_erase(integer) TO {APPLICATION_ROLE};
      GRANT UPDATE ON access_loganchor TO {APPLICATION_ROLE};
    END IF;
"""  # noqa: S608 - names are constants above
_SEALER = f"""
    GRANT SELECT ON {_LOG} TO {SEALER_ROLE};
    GRANT SELECT, INSERT ON {_SEALS} TO {SEALER_ROLE};
    GRANT UPDATE ON access_loganchor TO {SEALER_ROLE};
    GRANT EXECUTE ON FUNCTION access_log_erase(integer) TO {SEALER_ROLE};
    GRANT SELECT, INSERT, UPDATE ON {_ALARMS} TO {SEALER_ROLE};
"""
_READER = f"GRANT SELECT ON {_NO_PATIENTS} TO {READER_ROLE};"


def _for_role(role: str, rights: str) -> str:
    return f"""
DO $$
DECLARE partition regclass;
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
    GRANT USAGE ON SCHEMA public TO {role};
    {rights}
  END IF;
END $$;
"""


_RIGHTS = "".join(
    _for_role(role, rights)
    for role, rights in (
        (APPLICATION_ROLE, _APPLICATION),
        (SEALER_ROLE, _SEALER),
        (READER_ROLE, _READER),
    )
)


def grant_application_rights(sender: AppConfig, using: str, **kwargs: object) -> None:
    """After every migration: new tables are opened, the log stays append-only.

    Where no such role exists (a database with one role), the triggers on the log still
    refuse; deploy/ tells how to make the roles.
    """
    connection = connections[using]
    if "access_recordend" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(_RIGHTS)
