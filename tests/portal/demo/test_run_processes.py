"""The demonstration's processes end together, whatever ends first."""

import signal
import subprocess
import sys
import time

import pytest

from portal.demo.processes import Processes, Program, programs
from portal.demo.readiness import wait_until
from portal.postgres.server import is_alive

SLEEPER = "import time; print('awake', flush=True); time.sleep(60)"
# Ignores the request to end, and has a child of its own that does so too.
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("child", child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def processes(tmp_path):
    made = Processes(tmp_path)
    yield made
    made.stop()


def program(name, code):
    return Program(name, ("-c", code), {})


def read_log(tmp_path, name, *, until):
    log = tmp_path / f"{name}.log"
    assert wait_until(lambda: log.exists() and until in log.read_text(), within=10)
    return log.read_text()


def test_one_that_ends_by_itself_is_named(processes):
    processes.start([program("web", SLEEPER), program("worker", "")])

    assert wait_until(lambda: processes.ended() == "worker", within=10)


def test_waiting_ends_when_one_of_them_does(processes):
    processes.start([program("web", "")])

    assert not processes.wait_until(lambda: False, within=30)
    assert processes.ended() == "web"


def test_all_are_ended_when_the_run_is(processes, tmp_path):
    tell = "import os; print('I am', os.getpid(), flush=True); " + SLEEPER
    processes.start([program("web", tell), program("worker", tell)])
    pids = [
        int(read_log(tmp_path, name, until="awake").split()[2])
        for name in ("web", "worker")
    ]

    processes.stop()

    assert [is_alive(pid) for pid in pids] == [False, False]


def test_one_that_will_not_end_is_ended_with_its_children(
    processes, tmp_path, monkeypatch
):
    monkeypatch.setattr("portal.demo.processes.STOP_WITHIN", 0.2)
    processes.start([program("worker", STUBBORN)])
    child = int(read_log(tmp_path, "worker", until="\n").split()[1])

    processes.stop()

    assert wait_until(lambda: not is_alive(child), within=5)


def test_trouble_is_shown_and_the_rest_only_logged(processes, tmp_path, capfd):
    code = "print('all is well'); print('[WARNING] disk is full'); print('end')"
    processes.start([program("web", code)])
    read_log(tmp_path, "web", until="end")

    shown = capfd.readouterr().err
    assert shown == "web: [WARNING] disk is full\n"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
def test_they_end_also_when_the_run_is_killed_outright(tmp_path):
    runner = (
        "import sys, time, os; from pathlib import Path; import django; "
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'portal.settings'; "
        "from portal.demo.processes import Processes, Program; "
        f"p = Processes(Path({str(tmp_path)!r})); "
        "code = 'import os, time; print(os.getpid(), flush=True); time.sleep(60)'; "
        "p.start([Program('web', ('-c', code), {})]); time.sleep(60)"
    )
    run = subprocess.Popen([sys.executable, "-c", runner])
    web = int(read_log(tmp_path, "web", until="\n"))

    run.send_signal(signal.SIGKILL)
    run.wait()

    assert wait_until(lambda: not is_alive(web), within=5)


def test_the_demonstration_listens_to_this_machine_alone():
    commands = {program.name: program.command for program in programs()}

    assert set(commands) == {"web", "worker", "beat", "provider"}
    assert "--host=127.0.0.1" in commands["web"]


def test_waiting_gives_up_in_time():
    started = time.monotonic()

    assert not wait_until(lambda: False, within=0.2)
    assert time.monotonic() - started < 2
