"""The whole service, started as a stranger starts it, in a folder and on ports of its
own; and a laboratory that sends to it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings

START_WITHIN = 120.0  # seconds
STOP_WITHIN = 60.0
_PAUSE = 0.1
_MANAGE = str(settings.BASE_DIR / "manage.py")
HOSTS = {
    "clinician": "helsepersonell.localhost",
    "citizen": "innbygger.localhost",
    "producer": "produsent.localhost",
}


class Product:
    """`manage.py run_demonstration`, running; everything else is asked from outside."""

    def __init__(self, folder: Path) -> None:
        self.port, login_port = _free_ports()
        self._folder = folder
        self._said = folder / "said.txt"
        self._environment = {
            **_environment_of_a_stranger(),
            "PROVESVAR_STATE_DIR": str(folder / "state"),
            "PROVESVAR_PORT": str(self.port),
            "PROVESVAR_LOGIN_PORT": str(login_port),
        }
        self._process: subprocess.Popen | None = None

    def address(self, path: str, *, audience: str = "front") -> str:
        return f"http://{HOSTS.get(audience, 'localhost')}:{self.port}{path}"

    def start(self, *, patients: int = 0) -> None:
        """Wait until it says that it is ready."""
        command = [sys.executable, _MANAGE, "run_demonstration"]
        with self._said.open("w") as said:
            self._process = subprocess.Popen(
                [*command, f"--patients={patients}"],
                cwd=settings.BASE_DIR,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_WITHIN
        while "Ready: " not in self._said.read_text():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"It does not start.\n{self.last_words()}")
            time.sleep(_PAUSE)

    def stop(self) -> None:
        """As Ctrl-C does; then nothing of it is left on the machine."""
        if self._process is None:
            return
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_WITHIN)
        if self._process.poll() != 0:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"It does not stop in order.\n{self.last_words()}")
        self.run(_MANAGE, "reset_demonstration")

    def run(self, *command: str, say: bytes = b"") -> str:
        """Another program beside it, with its keys and its database."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=self._environment,
            input=say,
            capture_output=True,
            timeout=START_WITHIN,
        )
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        return done.stdout.decode()

    def manage(self, *command: str) -> str:
        return self.run(_MANAGE, *command)

    def send(self, *messages: bytes, client_id: str) -> list[int | None]:
        """As a laboratory: over HTTP, awaiting each receipt; gives their statuses."""
        contents = json.dumps([message.decode("latin-1") for message in messages])
        arguments = ("-m", "tests.journeys.laboratory", client_id)
        return json.loads(self.run(*arguments, say=contents.encode()))

    def last_words(self, lines: int = 15) -> str:
        """The end of what it said, and of each log."""
        logs = sorted((self._folder / "state" / "logs").glob("*.log"))
        return "\n".join(
            f"--- {path.name}\n" + "\n".join(path.read_text().splitlines()[-lines:])
            for path in (self._said, *logs)
        )


def _environment_of_a_stranger() -> dict[str, str]:
    """None of our settings reach it, least of all those of this test's database."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PROVESVAR_", "PYTEST_", "DATABASE_", "CELERY_"))
    } | {"PYTHONUNBUFFERED": "1"}


def _free_ports() -> tuple[int, int]:
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as other,
    ):
        return one.getsockname()[1], other.getsockname()[1]
