"""Before a run: is it the only one, are its ports free? And what reset dares."""

import http.server
import os
import socket
import subprocess
import sys
import threading

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.demo.readiness import answers, is_free
from portal.demo.runs import claim_run, end_run

RUN = """
import sys, time
from pathlib import Path
from portal.demo.runs import claim_run
assert claim_run(Path(sys.argv[1]))
print("runs", flush=True)
time.sleep(60)
"""


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def page():
    """A program that answers `/` for the host `login.localhost` alone."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            is_known = self.headers["Host"].startswith("login.localhost:")
            self.send_response(200 if is_known else 404)
            self.end_headers()

        def log_message(self, *args):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def running(tmp_path):
    """Somebody's run of the demonstration in `tmp_path`."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "runs\n"
    yield process
    process.kill()
    process.communicate()


def test_a_taken_port_is_not_free(taken_port):
    assert not is_free(taken_port)


def test_a_port_is_free_when_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert is_free(port)


@pytest.mark.parametrize(
    ("port_setting", "variable"),
    [("PORT", "PROVESVAR_PORT"), ("LOGIN_PORT", "PROVESVAR_LOGIN_PORT")],
)
def test_the_run_says_which_port_is_taken_and_what_to_set(
    tmp_path, settings, taken_port, port_setting, variable
):
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    settings.STATE_DIR, settings.PORT, settings.LOGIN_PORT = tmp_path, str(free), free
    setattr(settings, port_setting, taken_port)

    with pytest.raises(CommandError) as told:
        call_command("run_demonstration")

    assert f"Port {taken_port} is taken" in str(told.value)
    assert f"{variable}=" in str(told.value)


def test_a_second_run_from_the_same_folder_is_refused(tmp_path, settings, running):
    settings.STATE_DIR = tmp_path

    with pytest.raises(CommandError, match="runs already"):
        call_command("run_demonstration")


def test_a_page_for_another_host_is_no_answer(page):
    assert answers(page, host="login.localhost", path="/")
    assert not answers(page, host="elsewhere.localhost", path="/")


def test_silence_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert not answers(port, host="login.localhost", path="/")


def test_ending_a_run_waits_until_it_is_gone(tmp_path, running):
    assert end_run(tmp_path)
    assert running.wait(timeout=5) != 0


def test_a_number_without_a_lock_is_nobodys(tmp_path):
    """A run that was killed leaves its number, which may be ours by now."""
    (tmp_path / "run.lock").write_text(str(os.getpid()))

    assert end_run(tmp_path)  # and we are still here
    assert claim_run(tmp_path)


def test_a_run_that_does_not_end_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.demo.runs.END_WITHIN", 0.1)
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + RUN
    stubborn = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    stubborn.stdout.readline()

    assert not end_run(tmp_path)
    stubborn.kill()
    stubborn.communicate()


def test_reset_removes_the_state_folder(tmp_path, settings):
    settings.STATE_DIR = tmp_path / "state"
    (settings.STATE_DIR / "keys").mkdir(parents=True)

    call_command("reset_demonstration")

    assert not settings.STATE_DIR.exists()


def test_reset_refuses_a_folder_that_holds_the_checkout(settings):
    settings.STATE_DIR = settings.BASE_DIR.parent

    with pytest.raises(CommandError, match="holds more"):
        call_command("reset_demonstration")

    assert settings.BASE_DIR.exists()
