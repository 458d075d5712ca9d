"""At most one run of the demonstration from a state folder, and how to end it.

The lock is held by the process that runs it; the kernel lets go when that ends. The
file holds its number, which is to be believed only while the lock is held.
"""

import fcntl
import os
import signal
import time
from pathlib import Path

END_WITHIN = 60.0  # seconds: its programs, then the database
_PAUSE = 0.1


def claim_run(state: Path) -> bool:
    """True when this process is now the one that runs; it stays so until it ends."""
    descriptor = _take(state)
    if descriptor is None:
        return False
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return True


def end_run(state: Path) -> bool:
    """Ask the run, if there is one, to end, and wait. False when it would not."""
    deadline = time.monotonic() + END_WITHIN
    has_asked = False
    while (descriptor := _take(state)) is None:
        if not has_asked:
            os.kill(int(_path(state).read_text()), signal.SIGTERM)
            has_asked = True
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    os.close(descriptor)
    return True


def _take(state: Path) -> int | None:
    state.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(_path(state), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _path(state: Path) -> Path:
    return state / "run.lock"
