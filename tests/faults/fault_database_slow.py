"""F23: somebody holds the tables. Senders are told to come back, and may."""

import threading
import time

import psycopg
from django.db import connection

from portal.postgres import roles
from tests.faults import database
from tests.faults.invariant import check, everything_is_decided, say
from tests.faults.messages import Laboratory
from tests.faults.over_http import OverHttp
from tests.faults.sending import Senders
from tests.faults.service import running
from tests.faults.workers import PATIENCE, wait_until, working

HELD = 25.0  # seconds; longer than anyone may wait for a lock


def hold_the_inbox(held: threading.Event) -> None:
    where = {"host": str(database.places().sockets), "user": roles.SUPERUSER}
    with psycopg.connect(**where, dbname=roles.DATABASE) as holder:
        holder.execute("LOCK TABLE results_receivedmessage IN ACCESS EXCLUSIVE MODE")
        held.set()
        time.sleep(HELD)


def fault_tables_held_by_another(rng):
    door, day = OverHttp(), Laboratory(rng).day(10)
    day = [s for s in day if s.kind != "poison"]
    senders, held = Senders(door, threads=4), threading.Event()
    connection.close()
    with running("web", "provider"), working(2, rng):
        holder = threading.Thread(target=hold_the_inbox, args=(held,))
        holder.start()
        held.wait()
        status, _body, retry_after = door.post(day[0].content)
        assert (status, retry_after) == (503, "10")
        senders.send(day, rng)
        holder.join()
        took = wait_until(everything_is_decided, seconds=PATIENCE)
        figures = check(day, senders.acknowledged)
    say("tables held", retries=senders.retries, seconds_after=round(took, 1), **figures)
    assert senders.retries
