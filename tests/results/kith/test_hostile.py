"""Hostile bytes are refused, in bounded memory and without asking the net anything."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

from .hostile import T01, TAKEN_OVER, X99

SECONDS = 300  # only against a hang; nothing is measured


@pytest.fixture(scope="module")
def became() -> dict[str, dict[str, list[str]]]:
    """What became of each, read in one process with little memory to spare."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.results.kith.hostile"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(line) for line in done.stdout.splitlines())


@pytest.mark.parametrize("name", T01)
def test_what_cannot_be_read_safely_is_unreadable(became, name):
    assert became[name]["refused"] == ["T01"]
    assert set(became[name]["answered"]) <= {"2"}


@pytest.mark.parametrize("name", X99)
def test_what_cannot_be_opened_safely_refuses_its_message(became, name):
    assert became[name] == {"refused": ["X99"], "answered": ["2"]}


@pytest.mark.parametrize("name", TAKEN_OVER)
def test_what_is_only_large_or_odd_is_taken_over(became, name):
    assert became[name] == {"refused": [], "answered": ["1"]}


def test_a_sender_who_can_be_made_out_is_told(became):
    """Badly formed XML is answered; what never reached a parser cannot be."""
    assert became["invalid UTF-8"]["answered"] == ["2"]
    assert became["undeclared entity"]["answered"] == ["2"]
    assert became["gzipped whole"]["answered"] == []
