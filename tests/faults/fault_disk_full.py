"""F7: the disk fills up. Intake closes before the wall; nothing is lost at it."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager, suppress

import pytest
from django.conf import settings

from portal.postgres import server
from portal.postgres.places import find_places
from tests.faults.invariant import say

SIZE, LATER = 400, 900  # megabytes


@contextmanager
def a_small_file_system():
    folder = settings.STATE_DIR.with_name(f"{settings.STATE_DIR.name}-small")
    folder.mkdir()
    size = f"size={SIZE}m,mode=755"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)],
        capture_output=True,
        text=True,
    )
    try:
        if mounted.returncode:
            pytest.skip(f"no file system may be mounted here: {mounted.stderr.strip()}")
        yield folder
    finally:
        with suppress(OSError):
            server.stop(find_places(folder))
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True)
        folder.rmdir()


def fault_disk_full():
    with a_small_file_system() as folder:
        environment = {
            **os.environ,
            "PROVESVAR_STATE_DIR": str(folder),
            "PROVESVAR_INTAKE_LEAST_ROOM": "20",
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.small_disk", str(LATER)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=240,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    say("disk full", megabytes=SIZE, **found)
    assert found["closed"] == "disk"
    assert found["at the wall"] > found["before"] > 0
    assert (found["lost"], found.get("takes again")) == (0, True)
