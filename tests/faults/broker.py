"""A RabbitMQ of the suite's own: killed, started empty, emptied, stopped."""

import os
import shutil
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import amqp
from django.conf import settings

from portal.demo.readiness import wait_until

PORT = int(os.environ["FAULTS_BROKER_PORT"])
URL = f"amqp://guest:guest@127.0.0.1:{PORT}//"
_PROGRAMS = sorted(Path("/usr/lib/rabbitmq/lib").glob("*/sbin/rabbitmq-server"))
IS_INSTALLED = bool(_PROGRAMS and shutil.which("erl"))
_READY_WITHIN = 90.0


class Broker:
    def __init__(self) -> None:
        self._home = settings.STATE_DIR / "rabbit"
        self._home.mkdir()
        for name, content in (("plugins", "[]."), ("env.conf", ""), ("conf", "")):
            (self._home / name).write_text(content)
        self._ports = _free_port(), _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self._home / "out").open("ab") as log:
            self._process = subprocess.Popen(
                [_PROGRAMS[-1]],
                env={**os.environ, **self._environment()},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        assert wait_until(_answers, within=_READY_WITHIN), "the broker does not answer"

    def kill(self) -> None:
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def forget(self) -> None:
        """What it kept on disk; only while it is not running."""
        shutil.rmtree(self._home / "mnesia")

    def flush(self) -> None:
        with amqp.Connection(f"127.0.0.1:{PORT}") as connection:
            connection.channel().queue_purge("provesvar")

    def end(self) -> None:
        self.kill()
        environment = {**os.environ, **self._environment()}
        subprocess.run(["epmd", "-kill"], env=environment, capture_output=True)

    def _environment(self) -> dict[str, str]:
        home = self._home
        dist, epmd = self._ports
        return {
            "HOME": str(home),
            "ERL_EPMD_PORT": str(epmd),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            # So that it ends when told, also while it remembers a node that was killed.
            "ERL_EPMD_RELAXED_COMMAND_CHECK": "1",
            "RABBITMQ_NODENAME": "faults@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(PORT),
            "RABBITMQ_DIST_PORT": str(dist),
            "RABBITMQ_MNESIA_BASE": str(home / "mnesia"),
            "RABBITMQ_LOG_BASE": str(home / "log"),
            "RABBITMQ_PID_FILE": str(home / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(home / "env.conf"),
            "RABBITMQ_CONFIG_FILE": str(home / "conf"),
        }


def _answers() -> bool:
    with (
        suppress(OSError, amqp.AMQPError),
        amqp.Connection(f"127.0.0.1:{PORT}", connect_timeout=2),
    ):
        return True
    return False


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]
