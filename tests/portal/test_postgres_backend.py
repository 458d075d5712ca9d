"""Commands and the embedded server: started when needed, tables made, and stopped."""

import dataclasses
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from portal.postgres import migrations, server
from portal.postgres.places import find_places

ASK = (
    "from results.models import SourceSystem; from django.db import connection; "
    "cursor = connection.cursor(); cursor.execute('SELECT current_user'); "
    "print(SourceSystem.objects.count(), cursor.fetchone()[0])"
)


@pytest.fixture
def state():
    folder = Path(tempfile.mkdtemp(dir="/var/tmp", prefix="pv-"))
    folder.chmod(0o755)
    yield folder / "state"
    shutil.rmtree(folder)


@pytest.fixture
def places(tmp_path):
    """Places of a server that is never started."""
    (tmp_path / "own").mkdir()
    return dataclasses.replace(find_places(tmp_path), own=tmp_path / "own")


@pytest.fixture
def commands(monkeypatch):
    """The commands that would have been run."""
    run = []
    monkeypatch.setattr(migrations, "_manage", lambda *words: run.append(words[0]))
    return run


def manage(state, *arguments):
    environment = {**os.environ, "PROVESVAR_STATE_DIR": str(state)}
    environment.pop("PROVESVAR_DATABASE_ROLE", None)
    return subprocess.run(
        [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_command_that_needs_no_table_starts_nothing(state):
    manage(state, "check")

    assert not (state / "postgres").exists()


def test_a_command_that_needs_tables_gets_them_and_leaves_nothing_running(state):
    assert manage(state, "shell", "-v0", "-c", ASK) == "0 provesvar_app\n"

    assert server.running_pid(find_places(state)) is None
    made = (state / "postgres" / "migrated").stat().st_mtime_ns
    manage(state, "shell", "-v0", "-c", ASK)
    assert (state / "postgres" / "migrated").stat().st_mtime_ns == made


def test_what_is_up_to_date_is_not_migrated_again(places, commands):
    migrations.ensure_migrated(places)
    migrations.ensure_migrated(places)

    assert commands == ["migrate", "import_codes"]


def test_a_new_migration_is_run(places, commands):
    (places.own / "migrated").write_text("results/0001_initial")

    migrations.ensure_migrated(places)

    assert commands[0] == "migrate"


def test_after_a_failed_migration_it_is_tried_again(places, monkeypatch):
    def fail(*words):
        raise migrations.MigrationFailed(words[0])

    monkeypatch.setattr(migrations, "_manage", fail)
    with pytest.raises(migrations.MigrationFailed, match="migrate"):
        migrations.ensure_migrated(places)

    assert not (places.own / "migrated").exists()


def test_a_failed_migration_says_what_the_command_said(monkeypatch):
    with pytest.raises(migrations.MigrationFailed, match="Unknown command"):
        migrations._manage("no_such_command")
