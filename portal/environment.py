"""The environment as settings read it; what is half given stops the start."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
IS_DEMONSTRATION = "DATABASE_URL" not in os.environ
STATE_DIR = Path(os.environ.get("PROVESVAR_STATE_DIR", BASE_DIR / ".data"))
# Where the demonstration keeps the keys it makes; nobody else has any made.
KEY_DIR = STATE_DIR if IS_DEMONSTRATION else None


def setting(name: str, demonstration: str) -> str:
    """A setting that must be given outside demonstration mode."""
    if value := os.environ.get(name):
        return value
    if IS_DEMONSTRATION:
        return demonstration
    raise ImproperlyConfigured(f"{name} must be set when DATABASE_URL is.")


def minutes(name: str, otherwise: int) -> int:
    """A time that is not nothing."""
    value = os.environ.get(name, str(otherwise))
    if not value.isdecimal() or int(value) == 0:
        raise ImproperlyConfigured(f"{name} must be a whole number of minutes.")
    return int(value)


def number(name: str, otherwise: int) -> int:
    value = os.environ.get(name, str(otherwise))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number.")
    return int(value)


def is_given(secret: str) -> bool:
    """Whether a secret is set, itself or as a file."""
    return bool(os.environ.get(secret) or os.environ.get(f"{secret}_FILE"))
