"""Run the fault suite in a state folder and on ports of its own: `make test-faults`.

Arguments go to pytest. FAULTS_SEED repeats a run; it is printed at the start.
"""

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PORTS = ("PROVESVAR_PORT", "PROVESVAR_LOGIN_PORT", "FAULTS_BROKER_PORT")


def main() -> int:
    state = Path(tempfile.mkdtemp(prefix="faults-"))
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "PROVESVAR_STATE_DIR": str(state),
        "FAULTS_SEED": os.environ.get("FAULTS_SEED", str(random.randrange(10**6))),
        **{name: str(_free_port()) for name in PORTS},
    }
    sys.stdout.write(f"FAULTS_SEED={environment['FAULTS_SEED']}\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", "-c", str(HERE / "pytest.ini")]
    folder = [] if any("fault_" in given for given in sys.argv[1:]) else [str(HERE)]
    try:
        status = subprocess.call([*command, *sys.argv[1:], *folder], env=environment)
        if status and (state / "logs").is_dir():
            logs = Path(tempfile.mkdtemp(prefix="faults-logs-"))
            shutil.copytree(state / "logs", logs, dirs_exist_ok=True)
            sys.stdout.write(f"What the processes said: {logs}\n")
        return status
    finally:
        reset = [sys.executable, "manage.py", "reset_demonstration"]
        subprocess.run(reset, env=environment, stdout=subprocess.DEVNULL, check=False)
        shutil.rmtree(state, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
