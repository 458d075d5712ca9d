"""`make run`: everything the demonstration needs, until Ctrl-C."""

import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from portal.demo.people import PERSONAS, Persona
from portal.demo.processes import Processes, programs
from portal.demo.readiness import answers, is_free
from portal.demo.runs import claim_run

ANSWER_WITHIN = 60.0  # seconds
PROVIDER_PAGE = "/helseid/.well-known/openid-configuration"


class Stop(Exception):
    """Somebody wants it to end."""


class Command(BaseCommand):
    help = "Run the demonstration until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--patients", type=int, default=10, help="whose messages to load; 0: none"
        )

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ANN401
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
        if not claim_run(settings.STATE_DIR):
            raise CommandError("It runs already, from this folder.")
        _require_free_ports()
        processes = Processes(settings.STATE_DIR / "logs")
        try:
            self._run(processes, patients=options["patients"])
        except Stop:
            self.stdout.write("\nStopping. The data stays; `make reset` removes it.")
        finally:
            # A second Ctrl-C must not leave half of them running.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)
            processes.stop()

    def _run(self, processes: Processes, *, patients: int) -> None:
        self._say("Database (the first time: made, with tables and codes)")
        connection.ensure_connection()
        connection.close()
        self._say("Web, worker, beat and a local identity provider")
        processes.start(programs())
        self._await(processes)
        self._load(patients)
        self._introduce()
        while True:
            if name := processes.ended():
                raise CommandError(f"{name} ended. Its last words: {_log(name)}")
            time.sleep(0.5)

    def _await(self, processes: Processes) -> None:
        web = ("web", int(settings.PORT), settings.HOST, "/")
        provider = ("provider", settings.LOGIN_PORT, "login.localhost", PROVIDER_PAGE)
        for name, port, host, path in (web, provider):
            is_there = partial(answers, port, host=host, path=path)
            if not processes.wait_until(is_there, within=ANSWER_WITHIN):
                name = processes.ended() or name
                raise CommandError(f"{name} does not answer. See {_log(name)}")

    def _load(self, patients: int) -> None:
        """The command keeps a diary: after the first time nothing is sent."""
        self._say("Messages from the laboratories")
        manage = str(settings.BASE_DIR / "manage.py")
        load = [manage, "load_demonstration", f"--patients={patients}"]
        result = subprocess.run([sys.executable, *load], check=False)
        if result.returncode:
            raise CommandError("The demonstration's messages could not be loaded.")

    def _introduce(self) -> None:
        """The numbers are synthetic; a doctor needs one to find a patient."""
        port, hosts = settings.PORT, settings.AUDIENCE_HOSTS
        self.stdout.write(f"\nReady: http://{settings.HOST}:{port}/")
        for audience in ("clinician", "citizen", "administration"):
            self.stdout.write(f"\n  http://{hosts[audience]}:{port}/  sign in as")
            for persona in PERSONAS:
                if _audience(persona) == audience:
                    number = f"  {persona.number}" if persona.is_citizen else ""
                    self.stdout.write(
                        f"    {persona.name:<14}{number}  {persona.description}"
                    )
        self.stdout.write("\nCtrl-C stops it.")
        self.stdout.flush()

    def _say(self, text: str) -> None:
        self.stdout.write(f"==> {text}")
        self.stdout.flush()


def _audience(persona: Persona) -> str:
    if persona.is_administrator:
        return "administration"
    return "citizen" if persona.is_citizen else "clinician"


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _log(name: str) -> Path:
    return Path(settings.STATE_DIR, "logs", f"{name}.log")


def _require_free_ports() -> None:
    for port, setting in (
        (int(settings.PORT), "PROVESVAR_PORT"),
        (settings.LOGIN_PORT, "PROVESVAR_LOGIN_PORT"),
    ):
        if not is_free(port):
            raise CommandError(
                f"Port {port} is taken by another program. Stop that one, or choose "
                f"another port: {setting}={port + 10} make run"
            )
