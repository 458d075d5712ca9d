"""One message to where it is to go: a receipt or an alarm by HTTP, an alarm by mail."""

import ipaddress
import json
import smtplib
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.mail import EmailMessage

from results.identity import blot_out
from results.ingestion.acknowledge import opened
from results.ingestion.outbox.notices import send_notice
from results.models import Alarm, OutgoingMessage
from results.vocabulary import AlarmKind, OutgoingKind

# Seconds to connect, and between two bytes of the answer's head.
_TIMEOUT = (3.05, 10)
_MAILTO = "mailto:"


_NOT_TAKEN = (OSError, smtplib.SMTPException, ValueError)


class NotDelivered(Exception):
    """The other end has not taken it; `reason` is for operators, in few words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def deliver(letter: OutgoingMessage) -> None:
    """Raises NotDelivered. The same message again has the same idempotency key."""
    if letter.kind == OutgoingKind.NOTICE:
        _notify(letter)
    elif letter.destination.startswith(_MAILTO):
        _mail(letter)
    elif letter.kind == OutgoingKind.ALARM:
        _post(letter, _alarm_as_json(letter), "application/json")
    else:
        content = opened(letter.content_encrypted or b"")
        _post(letter, content, "application/xml; charset=utf-8")


def _notify(letter: OutgoingMessage) -> None:
    try:
        send_notice(letter)
    except (ImportError, AttributeError, *_NOT_TAKEN) as error:
        # Its text may hold the address.
        raise NotDelivered(f"Varselet gikk ikke ({type(error).__name__}).") from error


def _post(letter: OutgoingMessage, content: bytes, content_type: str) -> None:
    if not is_safe(letter.destination):
        raise NotDelivered("Adressen er ikke https.")
    headers = {
        "Content-Type": content_type,
        "Idempotency-Key": f'"{letter.id}"',
        "User-Agent": "provesvar",
    }
    try:
        with requests.post(
            letter.destination,
            data=content,
            headers=headers,
            timeout=_TIMEOUT,
            # Elsewhere may be anywhere, and what the answer says is not read.
            allow_redirects=False,
            stream=True,
            auth=_as_it_is,
        ) as response:
            status = response.status_code
    except (requests.RequestException, ValueError) as error:
        # Its text may hold the address, and the address a secret.
        raise NotDelivered(f"Ingen svarte ({type(error).__name__}).") from error
    if not 200 <= status < 300:
        raise NotDelivered(f"Mottakeren svarte {status}.")


def is_safe(address: str) -> bool:
    """What we send goes encrypted, or no further than this machine; the demonstration
    sends only what it has invented."""
    parts = urlsplit(address)
    if parts.scheme == "https" or settings.IS_DEMONSTRATION:
        return parts.scheme in ("http", "https")
    return parts.scheme == "http" and _is_loopback(parts.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Instead of passwords from a .netrc, which `requests` would look for."""
    return request


def _mail(letter: OutgoingMessage) -> None:
    alarm = _alarm_of(letter)
    haste = "Haster: " if alarm.is_urgent else ""
    message = EmailMessage(
        subject=f"{haste}{AlarmKind(alarm.kind).label}",
        body=_words(alarm),
        to=[letter.destination.removeprefix(_MAILTO)],
        headers={"Message-ID": f"<{letter.id}@{settings.HOST}>"},
    )
    try:
        message.send()
    except _NOT_TAKEN as error:
        raise NotDelivered(f"Posten gikk ikke ({type(error).__name__}).") from error


def _words(alarm: Alarm) -> str:
    lines = [alarm.text, "", f"Meldt: {alarm.raised_at.isoformat(timespec='seconds')}"]
    # A name that nobody has confirmed came in a message, and may be anything.
    if alarm.organization and alarm.organization.is_confirmed:
        lines.append(f"Virksomhet: {alarm.organization.name}")
    lines.append(f"Alarm: {alarm.id}")
    return blot_out("\n".join(lines))


def _alarm_as_json(letter: OutgoingMessage) -> bytes:
    alarm = _alarm_of(letter)
    content = {
        "id": str(alarm.id),
        "kind": alarm.kind,
        "text": blot_out(alarm.text),
        "is_urgent": alarm.is_urgent,
        "raised_at": alarm.raised_at.isoformat(),
        "organization": str(alarm.organization_id) if alarm.organization_id else None,
    }
    return json.dumps(content, ensure_ascii=False).encode()


def _alarm_of(letter: OutgoingMessage) -> Alarm:
    if letter.alarm is None:
        raise NotDelivered("Alarmen finnes ikke.")
    return letter.alarm
