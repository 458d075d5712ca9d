"""What a test or a difficult word means, in plain language; never about a patient."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from results.models.uuids import new_id
from results.vocabulary import ExplanationKind, ExplanationState

# A spreadsheet takes these for the beginning of a formula.
not_a_formula = RegexValidator(
    r"\A[^=+\-@\t\r]",
    _("Teksten kan ikke begynne med =, +, -, @ eller et tomrom."),
)
_CHECKED = (ExplanationState.REVIEWED, ExplanationState.PUBLISHED)


def _languages() -> list[tuple[str, str | Promise]]:
    return list(settings.LANGUAGES)


class Explanation(models.Model):
    """«Forklaring» of one code or word in one language.

    It goes from draft to reviewed, by a named clinician other than its writer, to
    published; a published text is never changed, another takes its place. What comes
    with the demonstration has been reviewed by nobody, and is shown nowhere else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("gjelder"), max_length=4, choices=ExplanationKind)
    system = models.CharField(
        _("kodeverk"), max_length=100, blank=True, help_text=_("Tomt for et ord.")
    )
    code = models.CharField(
        _("kode eller ord"), max_length=100, validators=[not_a_formula]
    )
    forms = models.CharField(
        _("andre former av ordet"),
        max_length=300,
        blank=True,
        help_text=_("Med mellomrom mellom: «karsinomet karsinomer»."),
    )
    language = models.CharField(_("språk"), max_length=10, choices=_languages)
    text = models.TextField(_("tekst"), max_length=1500, validators=[not_a_formula])
    source = models.CharField(_("kilde"), max_length=300, validators=[not_a_formula])
    state = models.CharField(
        _("status"),
        max_length=9,
        choices=ExplanationState,
        default=ExplanationState.DRAFT,
        editable=False,
    )
    is_demonstration = models.BooleanField(
        _("bare for demonstrasjonen"), default=False, editable=False
    )
    written_by = models.CharField(
        _("skrevet av"), max_length=200, blank=True, editable=False
    )
    written_at = models.DateTimeField(_("skrevet"), auto_now_add=True)
    reviewer_name = models.CharField(
        _("fagperson"), max_length=200, blank=True, editable=False
    )
    reviewer_hpr = models.CharField(
        _("HPR-nummer"), max_length=9, blank=True, editable=False
    )
    reviewed_by = models.CharField(
        _("gjennomgang ført av"), max_length=200, blank=True, editable=False
    )
    reviewed_at = models.DateTimeField(_("gjennomgått"), null=True, editable=False)
    published_by = models.CharField(
        _("publisert av"), max_length=200, blank=True, editable=False
    )
    published_at = models.DateTimeField(_("publisert"), null=True, editable=False)
    retired_by = models.CharField(
        _("trukket av"), max_length=200, blank=True, editable=False
    )
    retired_at = models.DateTimeField(_("trukket"), null=True, editable=False)

    class Meta:
        verbose_name = _("forklaring")
        verbose_name_plural = _("forklaringer")
        permissions = [
            ("review_explanation", "Kan føre at en fagperson har gått gjennom"),
            ("publish_explanation", "Kan publisere og trekke forklaringer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "system", "code", "language", "is_demonstration"],
                condition=Q(state=ExplanationState.PUBLISHED),
                name="explanation_published_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_CHECKED)
                | Q(is_demonstration=True)
                | (~Q(reviewer_name="") & Q(reviewed_at__isnull=False)),
                name="explanation_shown_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(is_demonstration=False) | Q(reviewer_name=""),
                name="explanation_demonstration_is_not",
            ),
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("written_by")) | Q(reviewed_by=""),
                name="explanation_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.language})"
