"""Pin every package that pyproject.toml's lists lead to, with hashes, no addresses.

    python deploy/lock.py [--upgrade]

Run by `make lock`, with the virtual environment's Python.
"""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = [
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-annotate",
    "--quiet",
]


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    lock("requirements.lock", project["project"]["dependencies"])
    lock("requirements-dev.lock", [f"-c {ROOT}/requirements.lock", *groups["dev"]])
    lock("requirements-node.lock", groups["node"])
    lock("requirements-fuzz.lock", groups["fuzz"])


def lock(name: str, requirements: list[str]) -> None:
    # A folder of wheels on this machine would narrow the hashes to its own files.
    environment = {k: v for k, v in os.environ.items() if k != "PIP_FIND_LINKS"}
    compiler = [sys.executable, "-m", "piptools", "compile", *OPTIONS]
    subprocess.run(
        [*compiler, f"--output-file={name}", *sys.argv[1:], "-"],
        input="\n".join(requirements),
        cwd=ROOT,
        env=environment,
        text=True,
        check=True,
    )
    print(name)


if __name__ == "__main__":
    main()
