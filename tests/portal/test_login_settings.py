"""Outside the demonstration a login that is half configured stops the start."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from portal.keys import new_signing_key

PROGRAM = "import django; django.setup()"


def start(**changed: str | None) -> subprocess.CompletedProcess[str]:
    """Start as in production, with settings `changed` or (None) left out."""
    secret = "0" * 64
    key = new_signing_key()
    configured = {
        "DATABASE_URL": "postgres://u:p@127.0.0.1:1/x",
        "CELERY_BROKER_URL": "amqp://127.0.0.1",
        "PROVESVAR_HOST": "provesvar.example",
        "PROVESVAR_TRUSTED_PROXIES": "10.0.0.0/8",
        "PROVESVAR_SECRET_KEY": secret,
        "PROVESVAR_ENCRYPTION_KEY": secret,
        "PROVESVAR_LOOKUP_KEY": secret,
        "PROVESVAR_HELSEID_ISSUER": "https://helseid.example",
        "PROVESVAR_HELSEID_CLIENT_ID": "c1",
        "PROVESVAR_HELSEID_CLIENT_KEY": key,
        "PROVESVAR_IDPORTEN_ISSUER": "https://idporten.example",
        "PROVESVAR_IDPORTEN_CLIENT_ID": "c2",
        "PROVESVAR_IDPORTEN_CLIENT_KEY": key,
        "PROVESVAR_API_AUDIENCE": "provesvar:api",
        **changed,
    }
    environment = {name: value for name, value in configured.items() if value}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            **environment,
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_without_network_or_database():
    started = start()

    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    "name",
    [
        "PROVESVAR_HELSEID_ISSUER",
        "PROVESVAR_HELSEID_CLIENT_KEY",
        "PROVESVAR_IDPORTEN_CLIENT_ID",
        "PROVESVAR_API_AUDIENCE",
        "PROVESVAR_TRUSTED_PROXIES",
    ],
)
def test_what_is_missing_is_named(name):
    started = start(**{name: None})

    assert started.returncode != 0
    assert "ImproperlyConfigured" in started.stderr or "MissingSecret" in started.stderr
    assert name in started.stderr.splitlines()[-1]
