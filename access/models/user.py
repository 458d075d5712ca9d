"""One login, keyed by the issuer's subject; there are no passwords."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models

from results.models.uuids import new_id


class User(AbstractBaseUser, PermissionsMixin):
    """A person who has signed in through HelseID or ID-porten.

    `patient_id` is the person's own record (their own answers, and the rule that sends
    personnel to the citizen's door for them). The identity number itself is not here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    username = models.CharField(max_length=401, unique=True)
    name = models.CharField("navn", max_length=300, blank=True)
    hpr_number = models.CharField("HPR-nummer", max_length=20, blank=True)
    patient_id = models.UUIDField(null=True, blank=True)
    is_staff = models.BooleanField("forvalter", default=False)
    is_help_desk = models.BooleanField("brukerstøtte", default=False)
    is_active = models.BooleanField("aktiv", default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "bruker"
        verbose_name_plural = "brukere"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="user_once_per_issuer"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.id)

    def get_short_name(self) -> str:
        """What the administration greets with; the login key is nobody's name."""
        return str(self)
