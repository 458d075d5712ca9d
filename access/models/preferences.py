"""How one person likes to see things; nothing about any patient."""

from django.db import models

from access.models.user import User


class UserPreferences(models.Model):
    """What a person has chosen once, for every patient; a row when something is other
    than usual. `oldest_first`: time runs from left to right in tables over time;
    `without_shortcuts`: no key does anything by itself (WCAG 2.1.4)."""

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    oldest_first = models.BooleanField(default=False)
    without_shortcuts = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.user_id)
