"""Outside the demonstration a login that is half configured stops the start."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from portal.keys import new_signing_key

PROGRAM = "import django; django.setup()"


def start(
    *, program: str = PROGRAM, **changed: str | None
) -> subprocess.CompletedProcess[str]:
    """Start as in production, with settings `changed` or (None) left out."""
    secret = "0" * 64
    key = new_signing_key()
    configured = {
        "DATABASE_URL": "postgres://u:p@127.0.0.1:1/x",
        "CELERY_BROKER_URL": "amqp://127.0.0.1",
        "PROVESVAR_ALARMS_TO": "mailto:vakt@drift.example",
        "PROVESVAR_ANCHOR_TO": "https://anker.example/provesvar",
        "PROVESVAR_MAIL": "smtp://127.0.0.1",
        "PROVESVAR_MAIL_FROM": "provesvar@drift.example",
        "PROVESVAR_SMS": "console:",
        "PROVESVAR_HOST": "provesvar.example",
        "PROVESVAR_TRUSTED_PROXIES": "10.0.0.0/8",
        "PROVESVAR_SECRET_KEY": secret,
        "PROVESVAR_ENCRYPTION_KEY": secret,
        "PROVESVAR_ATTACHMENT_KEY": secret,
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
        [sys.executable, "-c", program],
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


BROKEN_KEY = """-----BEGIN RSA PRIVATE KEY-----
broken
-----END RSA PRIVATE KEY-----"""
FAULTS = {
    "an issuer without https": {"PROVESVAR_HELSEID_ISSUER": "http://helseid.example"},
    "an issuer that is no address": {"PROVESVAR_IDPORTEN_ISSUER": "idporten.example"},
    "an issuer with a query": {"PROVESVAR_IDPORTEN_ISSUER": "https://i.example/?a"},
    "a key that is none": {"PROVESVAR_HELSEID_CLIENT_KEY": "not a key"},
    "a broken key": {"PROVESVAR_HELSEID_CLIENT_KEY": BROKEN_KEY},
    "a key beside that is none": {"PROVESVAR_IDPORTEN_OTHER_KEY": "not a key"},
    "unsigned tokens": {"PROVESVAR_HELSEID_ALGORITHMS": "RS256 none"},
    "shared secrets": {"PROVESVAR_IDPORTEN_ALGORITHMS": "HS256"},
    "no way of signing": {"PROVESVAR_HELSEID_ALGORITHMS": " "},
    "no login": {"PROVESVAR_HELSEID_SCOPES": "profile"},
    "an unknown tenancy": {"PROVESVAR_HELSEID_TENANCY": "some"},
    "a time that is none": {"PROVESVAR_HELSEID_LONGEST_LOGIN": "long"},
}


@pytest.mark.parametrize("changed", FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_is_named_and_never_shown(changed):
    ((name, value),) = changed.items()

    started = start(**changed)

    assert started.returncode != 0
    last_line = started.stderr.splitlines()[-1]
    assert name in last_line
    if "KEY" in name:
        assert value not in started.stderr


def test_two_providers_may_not_be_one():
    started = start(PROVESVAR_IDPORTEN_ISSUER="https://helseid.example")

    assert "same ISSUER" in started.stderr


def test_a_login_token_may_never_pass_for_an_access_token():
    started = start(PROVESVAR_API_AUDIENCE="c1")

    assert "PROVESVAR_API_AUDIENCE" in started.stderr.splitlines()[-1]


def test_a_key_is_not_published_beside_itself():
    key = new_signing_key()
    started = start(PROVESVAR_HELSEID_CLIENT_KEY=key, PROVESVAR_HELSEID_OTHER_KEY=key)

    assert "PROVESVAR_HELSEID_OTHER_KEY" in started.stderr.splitlines()[-1]


def test_what_may_be_set_is_let_be():
    started = start(
        PROVESVAR_HELSEID_OTHER_KEY=new_signing_key(),
        PROVESVAR_HELSEID_ALGORITHMS="RS256 PS256",
        PROVESVAR_HELSEID_TENANCY="single",
        PROVESVAR_HELSEID_LONGEST_LOGIN="60",
    )

    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize("value", ["0", "-5", "half an hour"])
def test_a_limit_that_is_no_number_of_minutes_is_named(value):
    started = start(PROVESVAR_PERSONNEL_IDLE=value)

    assert started.returncode != 0
    assert "PROVESVAR_PERSONNEL_IDLE" in started.stderr.splitlines()[-1]


SHOW_COOKIES = """
from django.conf import settings
for name in ("SESSION", "CSRF", "LANGUAGE"):
    of = lambda what: getattr(settings, f"{name}_COOKIE_{what}")
    print(of("NAME"), of("SECURE"), of("HTTPONLY"), of("PATH"), of("DOMAIN"))
"""


def test_cookies_are_bound_to_one_host_and_kept_from_scripts():
    """`__Host-` demands Secure, the whole path and no domain (RFC 6265bis §4.1.3)."""
    started = start(program=f"{PROGRAM}\n{SHOW_COOKIES}")

    assert started.stdout.splitlines() == [
        "__Host-sid True True / None",
        "__Host-csrf True True / None",
        "__Host-language True True / None",
    ], started.stderr
