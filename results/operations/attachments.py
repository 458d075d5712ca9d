"""Documents that come with reports: kept where a rule says so, under their own key."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from results.encryption import encrypt
from results.models.presented_form import attachment_context
from results.parsed import ParsedReport
from results.queries.retention import AttachmentPolicy, attachment_policy

_NOTHING_KEPT = AttachmentPolicy({})


def policy_for(reports: Iterable[ParsedReport]) -> AttachmentPolicy:
    """Whose documents are kept today; asked only when one came."""
    has_documents = any(a.content for r in reports for a in r.attachments)
    return attachment_policy(timezone.localdate()) if has_documents else _NOTHING_KEPT


def sealed(content: bytes, form_id: uuid.UUID) -> bytes:
    """The document as its row keeps it."""
    return encrypt(
        content, context=attachment_context(form_id), key=settings.ATTACHMENT_KEY
    )
