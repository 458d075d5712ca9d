"""What a test or a word means, in plain language, with who vouches for it."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from access.lookup import ShownText
from portal.languages import day_in_digits


@dataclass(frozen=True, slots=True)
class Explained:
    """A text and its origin; `language` is empty where it is the page's own."""

    text: str
    language: str
    source: str
    vouched: str
    is_unreviewed: bool


def present_explanation(shown: ShownText) -> Explained:
    """Who vouches for it stands with it; what nobody does is said to be so."""
    return Explained(
        text=shown.text,
        language="" if shown.language == get_language() else shown.language,
        source=_("Kilde: %(source)s.") % {"source": shown.source},
        vouched=_vouched(shown),
        is_unreviewed=not shown.reviewer_name,
    )


def _vouched(shown: ShownText) -> str:
    if not shown.reviewer_name or shown.reviewed_on is None:
        return _("Ikke gjennomgått av fagperson.")
    return _("Gjennomgått av %(name)s %(day)s.") % {
        "name": shown.reviewer_name,
        "day": day_in_digits(shown.reviewed_on),
    }
