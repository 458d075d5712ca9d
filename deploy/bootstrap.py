"""Make a bare machine ready: virtual environment, web assets, and for tests a browser.

    python3 deploy/bootstrap.py [browser]

Standard library alone, since it runs before anything is installed. What is done leaves
a stamp, so that doing it again costs nothing.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ["requirements.lock", "requirements-dev.lock"]
NODE_LOCK = "requirements-node.lock"
OLDEST_NPM = 8  # the first that reads our lock file without addresses
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
BROWSER_LINE = (
    "apt-get update && apt-get install --yes --no-install-recommends chromium"
)


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  the one who finds out is here
        sys.exit("Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 …")
    with one_at_a_time():
        install_python_packages()
        install_web_assets()
        if "browser" in sys.argv[1:]:
            install_browser()


class one_at_a_time:  # noqa: N801  reads as a statement
    """Two `make` in one checkout wait for each other."""

    def __enter__(self) -> None:
        self._descriptor = os.open(ROOT, os.O_RDONLY)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


# --- Python ---------------------------------------------------------------------------


def install_python_packages() -> None:
    stamp = VENV / "installed.json"
    place = [str(ROOT), sys.version]
    wanted = json.dumps({"place": place, "locks": [digest(name) for name in LOCKS]})
    found = stamp.read_text() if stamp.exists() else ""
    if found == wanted:
        return
    # Programs in a virtual environment know where they lie and which Python they use.
    is_elsewhere = bool(found) and json.loads(found)["place"] != place
    if is_elsewhere or not PYTHON.exists():
        make_environment()
    say("Installing Python packages (a minute or two, the first time)")
    pip_install(*LOCKS)
    stamp.write_text(wanted)


def make_environment() -> None:
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        package = f"python3.{sys.version_info.minor}-venv"
        sys.exit(
            "This Python cannot make virtual environments. Install what is missing and "
            f"try again:\n\n    apt-get install --yes {package}\n"
        )
    say(f"Making a virtual environment in {VENV}")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def pip_install(*locks: str) -> None:
    files = [argument for name in locks for argument in ("-r", name)]
    options = ["--quiet", "--no-input", "--disable-pip-version-check"]
    pip = [str(PYTHON), "-m", "pip", "install", *options]
    run([*pip, "--require-hashes", *files])


# --- Web assets -----------------------------------------------------------------------


def install_web_assets() -> None:
    stamp = ROOT / "node_modules" / ".installed"
    wanted = digest("package-lock.json")
    if stamp.exists() and stamp.read_text() == wanted:
        return
    environment = environment_with_npm()
    say("Fetching style sheets, typeface and icons")
    run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], environment)
    stamp.write_text(wanted)


def environment_with_npm() -> dict[str, str]:
    """The machine's npm, else one from a Python package; for set-up alone."""
    environment = dict(os.environ)
    if has_npm():
        return environment
    say("No npm here: installing one in the virtual environment")
    pip_install(NODE_LOCK)
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    return environment


def has_npm() -> bool:
    if not shutil.which("npm"):
        return False
    answer = subprocess.run(["npm", "--version"], capture_output=True, text=True)
    major = answer.stdout.split(".")[0]
    return answer.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NPM


# --- Browser --------------------------------------------------------------------------


def install_browser() -> None:
    """With one line for apt, shown first; where that will not do, say so and go on."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if may_use_apt():
        say(f"Installing a browser for the tests:\n\n    {BROWSER_LINE}\n")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if subprocess.run(BROWSER_LINE, shell=True, env=environment).returncode == 0:  # noqa: S602
            return
    say(
        "NO BROWSER: the browser tests will be skipped. On Debian or Ubuntu, as root:"
        f"\n\n    {BROWSER_LINE}\n"
    )


def may_use_apt() -> bool:
    release = Path("/etc/os-release")
    return (
        os.environ.get("NO_APT", "") in {"", "0"}
        and os.geteuid() == 0
        and shutil.which("apt-get") is not None
        and release.exists()
        and any(name in release.read_text() for name in ("debian", "ubuntu"))
    )


# --- All of them ----------------------------------------------------------------------


def digest(name: str) -> str:
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Show what the program says; stop where it fails."""
    result = subprocess.run(command, cwd=ROOT, env=environment)
    if result.returncode:
        sys.exit(f"Failed: {' '.join(command)}")


if __name__ == "__main__":
    main()
