"""Hands every checkpoint to places outside, so that a log cut short is found out.

A place is «file:///folder», best on another machine's write-once disk, or «https://…»,
which is posted the note as text. Each has its own progress; what is away is caught up.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import requests
from django.conf import settings

from access.models import LogAnchor, LogCheckpoint
from results.operations import Cause, settle_alarms
from results.vocabulary import AlarmKind

_TIMEOUT = 10
_MOST_AT_ONCE = 500


class AnchorRefused(Exception):
    """The place holds something else by that number."""


def anchor() -> None:
    """Bring every place up to date; one that fails is an alarm, and tried again."""
    causes = [cause for place in settings.ANCHORS for cause in _bring(place)]
    settle_alarms(AlarmKind.ACCESS_LOG, causes, prefix="anchor:")


def read_folder(folder: Path) -> Iterator[tuple[int, str]]:
    """Number and note of every checkpoint that lies in a folder."""
    for path in sorted(folder.glob("*/*.txt")):
        yield int(path.stem), path.read_text()


def folder_of(place: str) -> Path | None:
    address = urlsplit(place)
    return Path(unquote(address.path)) if address.scheme == "file" else None


def _bring(place: str) -> Iterator[Cause]:
    alias = settings.SEALER_DATABASE
    progress, _ = LogAnchor.objects.using(alias).get_or_create(destination=place)
    waiting = LogCheckpoint.objects.using(alias).filter(number__gt=progress.number)
    try:
        for checkpoint in waiting.order_by("number")[:_MOST_AT_ONCE]:
            _hand(place, checkpoint)
            progress.number = checkpoint.number
    except (OSError, AnchorRefused, requests.RequestException) as error:
        kind = type(error).__name__
        text = f"Kontrollpunkt for innsynsloggen kom ikke fram utenfor oss: {kind}."
        yield Cause(place, text, is_urgent=isinstance(error, AnchorRefused))
    progress.save(using=alias)


def _hand(place: str, checkpoint: LogCheckpoint) -> None:
    folder = folder_of(place)
    if folder is None:
        answer = requests.post(
            place,
            data=checkpoint.note.encode(),
            headers={"Content-Type": "text/plain; charset=utf-8"},
            timeout=_TIMEOUT,
            allow_redirects=False,
        )
        answer.raise_for_status()
        return
    path = folder / checkpoint.tree / f"{checkpoint.number:012}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        if path.read_text() != checkpoint.note:
            raise AnchorRefused
        return
    path.write_text(checkpoint.note)
