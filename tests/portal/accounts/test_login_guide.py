"""The guide for operators knows every code, every setting and every address."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from access.authentication import Refusal

GUIDE = (settings.BASE_DIR / "docs" / "login.md").read_text()
SOURCES = "".join(
    (settings.BASE_DIR / "portal" / name).read_text()
    for name in ("settings.py", "login_settings.py")
)


@pytest.mark.parametrize("refusal", Refusal)
def test_every_code_can_be_looked_up(refusal):
    assert f"`{refusal.value}`" in GUIDE


def test_no_code_is_told_of_that_nobody_can_meet():
    table = GUIDE.partition("## 7.")[2].partition("## 8.")[0]
    told = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", table))

    assert told - {"PROVESVAR_API_AUDIENCE"} <= set(Refusal)


@pytest.mark.parametrize("key", ["helseid", "idporten"])
@pytest.mark.parametrize("name", ["callback", "back_channel", "front_channel"])
def test_every_address_that_is_registered_is_ours(key, name):
    assert reverse(f"accounts:{key}_{name}") in GUIDE


@pytest.mark.parametrize("name", ["ISSUER", "CLIENT_ID", "ALGORITHMS", "SCOPES"])
def test_what_can_be_set_for_a_provider_is_told(name):
    assert f"PROVESVAR_HELSEID_{name}" in GUIDE
    assert name in SOURCES


def test_what_is_told_can_be_set():
    told = set(re.findall(r"PROVESVAR_(?:HELSEID|IDPORTEN)_(\w+?)(?:_FILE)?\b", GUIDE))

    assert told == {
        "ALGORITHMS",
        "CLIENT_ID",
        "CLIENT_KEY",
        "ISSUER",
        "LONGEST_LOGIN",
        "OTHER_KEY",
        "SCOPES",
        "TENANCY",
    }
