"""A result as a file to hand over: sealed by us, with nothing of what anyone has."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.utils import timezone

from portal.presenting.examinations import findings_as_json
from results.ingestion.check import Examination

_SALT = "portal.producers.results"
_LONGEST_SECONDS = 24 * 3600


def sealed(found: Examination) -> str:
    """What was found, for the page to hand back: nobody can make another of it."""
    content = {
        "tested_at": timezone.now().isoformat(timespec="seconds"),
        "tested_at_host": settings.AUDIENCE_HOSTS.get("producer", settings.HOST),
        **findings_as_json(found),
    }
    return signing.dumps(content, salt=_SALT, compress=True)


def opened(text: str) -> dict[str, Any]:
    """Raises BadSignature for what we have not sealed, or sealed a day ago."""
    content: dict[str, Any] = signing.loads(text, salt=_SALT, max_age=_LONGEST_SECONDS)
    return content
