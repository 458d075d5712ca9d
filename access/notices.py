"""What patients are told of is composed, and put in the outbox; never what was read."""

import datetime
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from access.models import (
    AccessLogEntry,
    ContactPoint,
    DigitalOptOut,
    Notice,
    NoticeChoice,
)
from access.models.contact import ADDRESS_CONTEXT
from access.models.notice import NoticeOutcome
from access.policies import policies_on
from access.switches import Policies
from access.terms import (
    Action,
    ViewerKind,
)
from access.vocabulary import (
    NoticeKind,
    ToldOfLooks,
)
from results.encryption import decrypt
from results.operations.outgoing import queue_notice
from results.queries import known_as

_BATCH = 200
# A look is written a moment after it is dated.
_SETTLED = datetime.timedelta(minutes=1)
_OF_ANSWERS = (NoticeKind.NEW_ANSWER, NoticeKind.ANSWER_RELEASED)
_OF_LOOKS = (NoticeKind.LOOKED, NoticeKind.LOOKED_THIS_MONTH)


def announce_answer(patient_id: uuid.UUID) -> None:
    """There is an answer the patient may read. Call it in the transaction that shows
    it; whether they hear of it is for their choice, and the policy, when it goes."""
    now = timezone.now()
    Notice.objects.create(patient_id=patient_id, kind=NoticeKind.NEW_ANSWER, at=now)


def send_notices() -> int:
    """Take what is to be told to the outbox; how many were taken."""
    count = 0
    policies = policies_on(timezone.localdate())
    while taken := _take(policies):
        count += taken
    return count


def notice_looks() -> None:
    """Who wants to hear that they were looked at, is told, of several looks once."""
    now = timezone.now()
    month = timezone.localtime(now).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    for choice, until, kind in (
        (ToldOfLooks.EACH, now - _SETTLED, NoticeKind.LOOKED),
        (ToldOfLooks.MONTHLY, month, NoticeKind.LOOKED_THIS_MONTH),
    ):
        waiting = NoticeChoice.objects.filter(looks=choice, looks_told_until__lt=until)
        for row in waiting:
            _notice_looks(row, until, kind)


@transaction.atomic
def _notice_looks(
    row: NoticeChoice, until: datetime.datetime, kind: NoticeKind
) -> None:
    looks = AccessLogEntry.objects.filter(
        patient_id__in=known_as(row.patient_id),
        action=Action.OPEN_PATIENT,
        is_permitted=True,
        viewer_kind=ViewerKind.PRACTITIONER,
        at__gte=row.looks_told_until,
        at__lt=until,
    )
    if looks.exists():
        Notice.objects.create(patient_id=row.patient_id, kind=kind, at=until)
    NoticeChoice.objects.filter(pk=row.pk).update(looks_told_until=until)


@transaction.atomic
def _take(policies: Policies) -> int:
    """The oldest first; once together to one person where several say the same."""
    notices = list(
        Notice.objects.filter(sent_at=None)
        .select_for_update(skip_locked=True)
        .order_by("at", "id")[:_BATCH]
    )
    now = timezone.now()
    told: set[tuple[uuid.UUID, bool]] = set()
    for notice in notices:
        says = (notice.patient_id, notice.kind in _ABOUT_SETTINGS)
        if says in told:
            notice.outcome = NoticeOutcome.TOGETHER
        else:
            notice.outcome = _tell(notice, policies, now)
        if notice.outcome == NoticeOutcome.SENT:
            told.add(says)
        notice.sent_at = now
    Notice.objects.bulk_update(notices, ["outcome", "sent_at"])
    return len(notices)


_ABOUT_SETTINGS = (
    NoticeKind.LIMIT_CHANGED,
    NoticeKind.RESERVED,
    NoticeKind.RESERVATION_ENDED,
    NoticeKind.DIGITAL_CLOSED,
    NoticeKind.DIGITAL_OPENED,
)


def _tell(notice: Notice, policies: Policies, now: datetime.datetime) -> NoticeOutcome:
    choice = NoticeChoice.objects.filter(pk=notice.patient_id).first()
    if not _is_wanted(NoticeKind(notice.kind), choice, policies):
        return NoticeOutcome.NOT_WANTED
    is_optional = notice.kind in (*_OF_ANSWERS, *_OF_LOOKS)
    contacts = [] if _is_closed(notice) else _confirmed(notice.patient_id)
    if not contacts:
        return NoticeOutcome.NOT_WANTED if is_optional else NoticeOutcome.PAPER
    text = _text(NoticeKind(notice.kind), choice)
    for contact in contacts:
        queue_notice(
            contact.channel,
            contact.id,
            to=decrypt(contact.address_encrypted, context=ADDRESS_CONTEXT).decode(),
            text=text,
            due_at=after_quiet_hours(now, policies),
        )
    return NoticeOutcome.SENT


def _is_wanted(
    kind: NoticeKind, choice: NoticeChoice | None, policies: Policies
) -> bool:
    """All are told of what is mandatory; of the rest whoever wants to be."""
    if kind in _OF_ANSWERS:
        return bool(policies.notify_of_answers and choice and choice.answers)
    return True


def _is_closed(notice: Notice) -> bool:
    """Nothing is sent to whoever has closed digital access, but that it is closed."""
    if notice.kind == NoticeKind.DIGITAL_CLOSED:
        return False
    closed = DigitalOptOut.objects.filter(patient_id=notice.patient_id, valid_to=None)
    return closed.exists()


def _confirmed(patient_id: uuid.UUID) -> Iterable[ContactPoint]:
    points = ContactPoint.objects.filter(
        patient_id=patient_id, confirmed_at__isnull=False
    )
    return list(points.order_by("channel"))


def _text(kind: NoticeKind, choice: NoticeChoice | None) -> tuple[str, str]:
    """Neutral: families share addresses. What it is about is told after signing in."""
    with translation.override(choice.language if choice else settings.LANGUAGE_CODE):
        if kind in _ABOUT_SETTINGS:
            said = _("En innstilling for prøvesvarene dine er endret.")
            what = _("Logg inn for å se hva. Var det ikke du, ta kontakt med oss.")
        else:
            said = _("Det er noe nytt til deg i Prøvesvar.")
            what = _("Logg inn for å se hva det gjelder.")
        never = _("Vi sender aldri lenker i slike meldinger.")
        return _("Melding fra Prøvesvar"), f"{said} {what} {never}"


def after_quiet_hours(at: datetime.datetime, policies: Policies) -> datetime.datetime:
    """This moment, or when the quiet hours that hold then are over, in Norway."""
    local = timezone.localtime(at)
    begin, end = policies.quiet_from_hour, policies.quiet_to_hour
    if begin == end:
        return at
    is_quiet = (
        begin <= local.hour < end
        if begin < end
        else local.hour >= begin or local.hour < end
    )
    if not is_quiet:
        return at
    day = local.date() + datetime.timedelta(days=local.hour >= end)
    morning = datetime.datetime.combine(day, datetime.time(end))
    return timezone.make_aware(morning)
