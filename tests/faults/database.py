"""The suite's own server: as new for every test, killed, and started again."""

import os
import signal
import time
from contextlib import suppress

from django.conf import settings
from django.db import connections

from portal.postgres import locks, roles, server
from portal.postgres.places import Places, find_places

PRISTINE = "pristine"


def places() -> Places:
    return find_places(settings.STATE_DIR)


def close() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close()


def keep_pristine() -> None:
    """Tables and codes are made once; every test begins with a copy."""
    connections["default"].ensure_connection()
    close()
    with roles.connect(places()) as superuser:
        superuser.execute(f"ALTER DATABASE {roles.DATABASE} RENAME TO {PRISTINE}")


def begin_anew() -> None:
    close()
    with roles.connect(places()) as superuser:
        superuser.execute(f"DROP DATABASE IF EXISTS {roles.DATABASE} WITH (FORCE)")
        superuser.execute(
            f"CREATE DATABASE {roles.DATABASE} TEMPLATE {PRISTINE} OWNER {roles.OWNER}"
        )


def kill() -> None:
    """SIGKILL to the postmaster; its children notice and go."""
    if pid := server.running_pid(places()):
        os.kill(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)


def start() -> None:
    """As whatever watches over the server would. Waits until it can be connected to."""
    with locks.held(places().own / "start.lock"):
        if server.running_pid(places()) is None:
            _children.append(server.start(places()))


def kill_and_start(*, away: float) -> None:
    kill()
    time.sleep(away)
    start()


_children: list[object] = []
