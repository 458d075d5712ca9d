"""Every check that needs no test run: each named and timed, all run, one verdict.

Run by `make check` with the virtual environment's Python.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent


def a_signing_key() -> str:
    """A key of the right kind that nobody has registered anywhere."""
    key = ec.generate_private_key(ec.SECP256R1())
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return key.private_bytes(*form).decode()


# Enough to pass for a real installation; nothing is connected to.
PRODUCTION = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "PROVESVAR_ENVIRONMENT": "production",
    "PROVESVAR_HOST": "provesvar.invalid",
    "PROVESVAR_TRUSTED_PROXIES": "127.0.0.1",
    "PROVESVAR_SECRET_KEY": "0123456789abcdef" * 4,
    "PROVESVAR_ENCRYPTION_KEY": "1f" * 32,
    "PROVESVAR_ATTACHMENT_KEY": "3d" * 32,
    "PROVESVAR_LOOKUP_KEY": "2e" * 32,
    "PROVESVAR_HELSEID_ISSUER": "https://helseid.invalid",
    "PROVESVAR_HELSEID_CLIENT_ID": "provesvar",
    "PROVESVAR_HELSEID_CLIENT_KEY": a_signing_key(),
    "PROVESVAR_IDPORTEN_ISSUER": "https://idporten.invalid",
    "PROVESVAR_IDPORTEN_CLIENT_ID": "provesvar",
    "PROVESVAR_IDPORTEN_CLIENT_KEY": a_signing_key(),
    "PROVESVAR_API_AUDIENCE": "provesvar:api",
    "CELERY_BROKER_URL": "amqp://127.0.0.1:1//",
    "PROVESVAR_SEAL_KEY": "4c" * 32,
    "PROVESVAR_ANCHOR_TO": "https://witness.invalid/checkpoints",
    "PROVESVAR_ALARMS_TO": "mailto:operators@provesvar.invalid",
    "PROVESVAR_MAIL": "smtp://127.0.0.1:1",
    "PROVESVAR_MAIL_FROM": "service@provesvar.invalid",
    "PROVESVAR_SMS": "console:",
}


def main() -> None:
    manage = ["python", "manage.py"]
    steps = [
        ("style", ["ruff", "check", "--quiet", "."], {}),
        ("layout", ["ruff", "format", "--check", "--quiet", "."], {}),
        ("types", ["mypy"], {}),
        ("imports", ["lint-imports"], {}),
        ("templates", ["djlint", "--lint", "--quiet", "templates"], {}),
        ("template layout", ["djlint", "--check", "--quiet", "templates"], {}),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], {}),
        (
            "production settings",
            [*manage, "check", "--deploy", "--fail-level=WARNING"],
            PRODUCTION,
        ),
    ]
    failed = [
        name for name, command, extra in steps if not passes(name, command, extra)
    ]
    if failed:
        sys.exit(f"\nmake check: FAILED: {', '.join(failed)}")
    print("\nmake check: all is well")


def passes(name: str, command: list[str], extra: dict[str, str]) -> bool:
    """Run one check; what it says is shown only where it finds something."""
    started = time.monotonic()
    result = subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        cwd=ROOT,
        env={**os.environ, **extra},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    verdict = "FAILED" if result.returncode else "ok"
    print(f"{name:<20} {time.monotonic() - started:5.1f} s  {verdict}", flush=True)
    if result.returncode:
        print(result.stdout, flush=True)
    return result.returncode == 0


if __name__ == "__main__":
    main()
