"""Each audience has its own host, its own way to sign in, and its own first page."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.middleware import PROVIDERS


@dataclass(frozen=True, slots=True)
class Entrance:
    """`first_page` is the URL name of where one arrives after signing in."""

    provider_key: str
    provider_name: Promise
    first_page: str


_ENTRANCES = {
    "clinician": Entrance(PROVIDERS["clinician"], _("HelseID"), "clinician:search"),
    "citizen": Entrance(PROVIDERS["citizen"], _("ID-porten"), "citizen:reports"),
    "administration": Entrance(
        PROVIDERS["administration"], _("HelseID"), "admin:index"
    ),
}


def entrance_of(request: HttpRequest) -> Entrance | None:
    """The entrance of the host that was asked; None on the front page's host."""
    return _ENTRANCES.get(getattr(request, "audience", ""))
