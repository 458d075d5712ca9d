"""The embedded server: who starts it, who stops it, what it survives.

In these stories Anne and Bjørn each have a process that uses the server of one folder.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from portal.postgres import StillInUse, locks, reset, roles, server
from portal.postgres.places import PORT, find_places
from portal.postgres.users import Use

ANOTHER_PROCESS = """
import sys
from pathlib import Path
from portal.postgres import use
use(Path(sys.argv[1]))
print("uses it", flush=True)
input()
"""


@pytest.fixture(scope="session")
def made_cluster():
    """A server's first start, done once; tests begin with a copy of what it left."""
    folder = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="pv-"))
    folder.chmod(0o755)
    Use(folder / "made").end()
    yield folder / "made"
    shutil.rmtree(folder)


@pytest.fixture
def state(made_cluster):
    """A state folder where the server has been used before."""
    folder = Path(tempfile.mkdtemp(dir=made_cluster.parent))
    folder.chmod(0o755)
    subprocess.run(["cp", "-a", made_cluster, folder / "s"], check=True)
    yield folder / "s"
    if (folder / "s" / "postgres").exists():
        server.stop(find_places(folder / "s"))


def start_another_process(state):
    process = subprocess.Popen(
        [sys.executable, "-c", ANOTHER_PROCESS, str(state)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "uses it\n"
    return process


def query(places, statement, user=roles.OWNER):
    with psycopg.connect(
        host=str(places.sockets), port=PORT, user=user, dbname=roles.DATABASE
    ) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def starts_in_log(places):
    return places.log.read_text().count("starting PostgreSQL")


def test_bjorn_finds_the_server_that_anne_started(state):
    anne = Use(state)
    first = server.running_pid(anne.places)

    bjorn = Use(state)

    assert server.running_pid(bjorn.places) == first
    anne.end()
    bjorn.end()


def test_the_last_one_out_stops_it_though_someone_else_started_it(state):
    anne = start_another_process(state)
    bjorn = Use(state)

    anne.communicate("\n", timeout=20)
    assert server.running_pid(bjorn.places) is not None
    bjorn.end()

    assert anne.returncode == 0
    assert server.running_pid(bjorn.places) is None
    assert not (bjorn.places.data / "postmaster.pid").exists()


def test_a_killed_user_stands_in_nobodys_way(state):
    anne = start_another_process(state)
    anne.kill()
    anne.communicate()
    places = find_places(state)
    assert server.running_pid(places) is not None  # nobody was there to stop it

    Use(state).end()

    assert server.running_pid(places) is None


def test_three_who_start_at_once_get_one_server(state):
    before = starts_in_log(find_places(state))
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ANOTHER_PROCESS, str(state)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout.readline() == "uses it\n"

    assert starts_in_log(find_places(state)) == before + 1
    for process in processes:
        process.communicate("\n", timeout=20)
    assert server.running_pid(find_places(state)) is None


def test_a_forked_child_does_not_end_its_parents_use(state):
    anne = Use(state)
    child = os.fork()
    if child == 0:
        anne.end()
        os._exit(0)
    os.waitpid(child, 0)

    bjorn = Use(state)
    bjorn.end()

    assert server.running_pid(anne.places) is not None
    anne.end()


def test_what_was_stored_survives_that_the_server_is_killed(state):
    anne = Use(state)
    query(anne.places, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)")
    os.kill(server.running_pid(anne.places), signal.SIGKILL)
    while server.running_pid(anne.places):  # dead, not waited for: a zombie
        time.sleep(0.01)

    bjorn = Use(state)

    assert query(bjorn.places, "SELECT n FROM kept") == [(42,)]
    bjorn.end()
    anne.end()


def test_after_a_power_cut_the_process_number_may_be_another_programs(state):
    places = find_places(state)
    (places.data / "postmaster.pid").write_text(f"{os.getpid()}\n{places.data}\n")

    anne = Use(state)

    assert server.running_pid(places) not in {None, os.getpid()}
    anne.end()


def test_a_first_start_that_was_broken_off_is_begun_anew(state):
    places = find_places(state)
    draft = places.data.with_name("data.draft")
    shutil.rmtree(places.data)
    draft.mkdir()
    (draft / "half").touch()

    anne = Use(state)

    assert query(anne.places, "SELECT 1") == [(1,)]
    assert not draft.exists()
    anne.end()


def test_a_server_that_cannot_start_says_why(state):
    (find_places(state).data / "PG_VERSION").write_text("9.6\n")

    with pytest.raises(server.NotStarted, match="incompatible"):
        Use(state)

    # And does not count as a user afterwards.
    share = locks.share(state / "postgres" / "users.lock")
    assert locks.is_last(share)
    os.close(share)


def test_the_service_may_make_neither_tables_nor_databases(state):
    anne = Use(state)
    for statement in ("CREATE TABLE mine ()", "CREATE ROLE other"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            query(anne.places, statement, user=roles.SERVICE)

    powers = query(
        anne.places,
        "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles "
        "WHERE rolname LIKE 'provesvar%' ORDER BY 1",
    )
    assert powers == [
        (roles.SERVICE, False, False, False),
        (roles.OWNER, False, False, True),
        (roles.READER, False, False, False),
        (roles.SEALER, False, False, False),
    ]
    anne.end()


def test_the_owner_can_step_down_to_the_service(state):
    anne = Use(state)
    statement = f"SET ROLE {roles.SERVICE}; SELECT current_user"
    with psycopg.connect(
        host=str(anne.places.sockets),
        port=PORT,
        user=roles.OWNER,
        dbname=roles.DATABASE,
    ) as connection:
        connection.execute(statement.split(";")[0])
        assert connection.execute("SELECT current_user").fetchone() == (roles.SERVICE,)
    anne.end()


def test_a_value_that_was_refused_is_not_in_the_log(state):
    anne = Use(state)
    query(anne.places, "CREATE TABLE names (name text PRIMARY KEY)")
    for _ in range(2):
        try:
            query(anne.places, "INSERT INTO names VALUES ('Kari Prøve')")
        except psycopg.errors.UniqueViolation:
            break
    anne.end()

    log = anne.places.log.read_text()
    assert "duplicate key" in log
    assert "Kari" not in log


def test_reset_is_refused_while_someone_uses_the_server(state):
    anne = Use(state)

    with pytest.raises(StillInUse):
        reset(state)

    assert query(anne.places, "SELECT 1") == [(1,)]
    anne.end()
    assert server.running_pid(anne.places) is None


def test_reset_stops_a_server_that_nobody_uses_and_removes_it(state):
    anne = start_another_process(state)
    pid = server.running_pid(find_places(state))
    anne.kill()
    anne.communicate()

    reset(state)

    assert not (state / "postgres").exists()
    assert not server.is_alive(pid)


def test_reset_of_nothing_does_nothing(tmp_path):
    reset(tmp_path / "never-used")
    assert not (tmp_path / "never-used").exists()
