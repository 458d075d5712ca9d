"""Django's PostgreSQL backend, over the embedded server.

The module's name is Django's choice. The server is looked for when a connection is
asked for and not before, so commands that touch no table never start it.
"""

import os
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, creation

from portal.postgres import roles
from portal.postgres.migrations import ensure_migrated
from portal.postgres.places import PORT
from portal.postgres.users import use


class DatabaseCreation(creation.DatabaseCreation):
    def create_test_db(
        self,
        verbosity: int = 1,
        autoclobber: bool = False,
        serialize: bool = True,
        keepdb: bool = False,
    ) -> str:
        """Made, and used, by the owner: the service's role may not make databases."""
        self.connection.settings_dict["USER"] = roles.OWNER
        return super().create_test_db(verbosity, autoclobber, serialize, keepdb)


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation

    def get_connection_params(self) -> dict[str, Any]:
        """Where and as whom to connect; by then the server runs, its tables made.

        The owner is trusted to know what it does: it is the one that migrates.
        """
        places = use(settings.STATE_DIR)
        role = _role(self.settings_dict["USER"])
        parameters = super().get_connection_params()
        parameters |= {"host": str(places.sockets), "port": PORT, "user": role}
        if role != roles.OWNER and parameters["dbname"] == roles.DATABASE:
            ensure_migrated(places)
        return parameters


def _role(given: str) -> str:
    if given:
        return given
    is_owner = os.environ.get("PROVESVAR_DATABASE_ROLE") == "owner"
    return roles.OWNER if is_owner else roles.SERVICE
