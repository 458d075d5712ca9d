"""A notice leaves by e-mail or SMS, by whichever back end is set."""

import importlib
import json
import sys
import uuid
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from results.encryption import decrypt
from results.models import OutgoingMessage
from results.operations.outgoing import NOTICE_CONTEXT


class SmsBackend(Protocol):
    """Whoever sends text messages. Raises OSError or ValueError when it cannot; what it
    says then is never written down, since it may hold the number."""

    def send(self, to: str, text: str) -> None:
        """`to` is a number with its country (E.164)."""


class FileSms:
    """A file a message, in a folder: for the demonstration and for tests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, to: str, text: str) -> None:
        """The number on the first line, then the text."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{uuid.uuid4()}.sms").write_text(f"{to}\n\n{text}\n")


class ConsoleSms:
    """To the terminal: for whoever develops."""

    def send(self, to: str, text: str) -> None:
        """The text, without the number."""
        sys.stdout.write(f"SMS: {text}\n")


def sms_backend() -> SmsBackend:
    """The one in `settings.SMS`: «file:///folder», «console:», or «module:Class» of an
    operator's own."""
    parts = urlsplit(settings.SMS)
    if parts.scheme == "file":
        return FileSms(Path(unquote(parts.path)))
    if parts.scheme == "console":
        return ConsoleSms()
    module, _colon, name = settings.SMS.partition(":")
    backend: SmsBackend = getattr(importlib.import_module(module), name)()
    return backend


def send_notice(letter: OutgoingMessage) -> None:
    """Raises OSError, SMTPException or ValueError when it is not taken."""
    sealed = letter.content_encrypted or b""
    content = json.loads(decrypt(sealed, context=NOTICE_CONTEXT))
    if letter.destination.startswith("sms:"):
        sms_backend().send(content["to"], content["text"])
        return
    EmailMessage(
        subject=content["subject"],
        body=content["text"],
        to=[content["to"]],
        headers={"Message-ID": f"<{letter.id}@{settings.HOST}>"},
    ).send()
