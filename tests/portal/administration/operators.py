"""Operators in the administration: who they are, and how they act there."""

import re

from django.conf import settings
from django.contrib.auth.models import Permission

from access import operations
from access.models import User
from portal.demo import people
from results.ingestion import inbox
from results.ingestion.receive import Channel, receive
from results.models import ReceivedMessage
from results.operations import register_organization
from tests import cast
from tests.portal.visiting import ADMINISTRATION, a_visitor, signed_in, somebody

MESSAGES = "/forvaltning/results/receivedmessage/"
REASON = "Laboratoriet har ringt om denne."


class Operator:
    """Somebody with a browser in the administration."""

    def __init__(self, client, user) -> None:
        self.client, self.user = client, user

    def get(self, path: str):
        return self.client.get(path, headers={"host": ADMINISTRATION})

    def post(self, path: str, **data):
        return self.client.post(path, data, headers={"host": ADMINISTRATION})

    def page(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    def told(self) -> str:
        """What the next page says of what was done."""
        page = self.page("/forvaltning/")
        found = re.search(r'<ul class="messagelist">.*?</ul>', page, re.DOTALL)
        return found[0] if found else ""

    def does(self, row, kind: str, **said):
        model = row._meta.model_name
        return self.post(f"/forvaltning/results/{model}/{row.pk}/gjor/{kind}/", **said)


def siri() -> Operator:
    """Siri may do everything."""
    visitor = a_visitor(cast.SIRI)
    user = operations.appoint_administrator(
        issuer=settings.OIDC_PROVIDERS[cast.SIRI.issuer]["issuer"],
        subject=cast.SIRI.subject,
        name=cast.SIRI.name,
    )
    return Operator(visitor.client, user)


def turid(*permissions: str) -> Operator:
    """Turid is let in, and may do what these say; everything when nothing is said."""
    user = operations.sign_in(
        issuer=settings.OIDC_PROVIDERS["helseid"]["issuer"],
        subject="turid",
        name="Turid Tilsyn",
        number=None,
    )
    user.is_staff, user.is_superuser = True, not permissions
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = somebody(ADMINISTRATION)
    signed_in(client, user, "helseid")
    return Operator(client, User.objects.get(pk=user.pk))


def arrived(content: bytes) -> ReceivedMessage:
    """Nordlab has sent this, and a worker has taken it."""
    nordlab = people.NORDLAB.organization
    sender = register_organization(name=nordlab.name, her_id=nordlab.her_id)
    kept = receive(content, channel=Channel(sender.id))
    inbox.drain(seconds=5)
    return ReceivedMessage.objects.get(pk=kept.id)
