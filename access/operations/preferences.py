"""What a person has chosen for their own pages is kept, and read."""

import uuid
from dataclasses import asdict, dataclass

from access.models import UserPreferences


@dataclass(frozen=True, slots=True)
class Preferences:
    """`oldest_first`: time runs from left to right in tables over time;
    `without_shortcuts`: no key does anything by itself."""

    oldest_first: bool = False
    without_shortcuts: bool = False


def preferences_of(user_id: uuid.UUID | None) -> Preferences:
    """What the person has chosen, else what is usual. One query."""
    if user_id is None:
        return Preferences()
    row = UserPreferences.objects.filter(user_id=user_id).first()
    return (
        Preferences(row.oldest_first, row.without_shortcuts) if row else Preferences()
    )


def prefer(user_id: uuid.UUID, chosen: Preferences) -> None:
    """From now it is so."""
    UserPreferences.objects.update_or_create(user_id=user_id, defaults=asdict(chosen))
