"""A notice to somebody is put in the outbox, sealed."""

import datetime
import json
import uuid

from results.encryption import encrypt
from results.models import OutgoingMessage
from results.vocabulary import OutgoingKind

NOTICE_CONTEXT = "notice"


def queue_notice(
    channel: str,
    contact_id: uuid.UUID,
    *,
    to: str,
    text: tuple[str, str],
    due_at: datetime.datetime,
) -> None:
    """Send it from `due_at`, until it is taken or given up. `text` is what it is about
    and what it says; `channel` is `email` or `sms`. Only the contact's opaque key
    stands in the open."""
    subject, body = text
    content = json.dumps({"to": to, "subject": subject, "text": body})
    OutgoingMessage.objects.create(
        kind=OutgoingKind.NOTICE,
        destination=f"{channel}:{contact_id}",
        content_encrypted=encrypt(content.encode(), context=NOTICE_CONTEXT),
        due_at=due_at,
    )
