"""Who uses the server: the first one starts it, the last one out stops it.

Every user holds a share in the users lock. Taking and giving up a share happens while
holding the start lock, so that two who start, or two who leave, do not race. A user
that is killed loses its share by the kernel's hand and so never stands in the way; if
it was the last, the server runs on until the next user leaves.
"""

import atexit
import os
import shutil
import subprocess
import threading
import uuid
from pathlib import Path

from portal.postgres import locks, server
from portal.postgres.places import Places, claim_passage, find_places


class StillInUse(Exception):
    """Other processes use the server."""


class Use:
    """One process's use of the server of one state folder."""

    def __init__(self, state: Path) -> None:
        own = state / "postgres"
        claim_passage(own)
        self.places = find_places(state)
        self._pid = os.getpid()
        self._child: subprocess.Popen[bytes] | None = None
        with locks.held(own / "start.lock"):
            _settle_beside(self.places)
            self._share = locks.share(own / "users.lock")
            try:
                if server.running_pid(self.places) is None:
                    self._child = server.start(self.places)
            except BaseException:
                os.close(self._share)
                raise

    def is_by_this_process(self) -> bool:
        """False in a forked child, which has no say over its parent's share."""
        return self._pid == os.getpid()

    def end(self) -> None:
        """Give up the share; the last one out stops the server."""
        if not self.is_by_this_process() or self._share < 0:
            return
        with locks.held(self.places.own / "start.lock"):
            if locks.is_last(self._share):
                server.stop(self.places, self._child)
            elif self._child is not None:
                # Lives on for the others; tells Popen that nobody will wait for it.
                self._child.returncode = 0
            os.close(self._share)
            self._share = -1


_uses: dict[Path, Use] = {}
_one_at_a_time = threading.Lock()


def use(state: Path) -> Places:
    """Find or start the server; this process uses it until it ends."""
    with _one_at_a_time:
        current = _uses.get(state)
        if current is None or not current.is_by_this_process():
            current = _uses[state] = Use(state)
            atexit.register(current.end)
        return current.places


def reset(state: Path) -> None:
    """Stop the server and remove all it keeps, here and beside. Raises StillInUse."""
    places = find_places(state)
    if places.own.is_dir():
        with locks.held(places.own / "start.lock"):
            share = locks.share(places.own / "users.lock")
            if not locks.is_last(share):
                os.close(share)
                raise StillInUse
            server.stop(places)
            os.close(share)
            shutil.rmtree(places.own)
    if places.beside.is_dir():
        claim_passage(places.beside)
        shutil.rmtree(places.beside)


def _settle_beside(places: Places) -> None:
    """Claim the folder beside, if it is needed, and see that it belongs to this state.

    Where a state folder was removed by hand, and with it the keys, what lies beside is
    of no use to the new one at the same path.
    """
    parts = {places.data.parent, places.sockets.parent, places.binaries.parent}
    if places.beside not in parts:
        return
    claim_passage(places.beside)
    name = _name_of(places.own)
    owner = places.beside / "belongs-to"
    if owner.exists() and owner.read_text() not in (name, ""):
        server.stop(places)
        shutil.rmtree(places.beside)
        claim_passage(places.beside)
    if not owner.exists():
        _write_whole(owner, name)


def _name_of(own: Path) -> str:
    path = own / "name"
    if not path.exists():
        _write_whole(path, uuid.uuid4().hex)
    return path.read_text()


def _write_whole(path: Path, text: str) -> None:
    """All of it or nothing: half a name would be another's, and cost the data."""
    draft = path.with_name(f"{path.name}.draft")
    draft.write_text(text)
    draft.replace(path)
