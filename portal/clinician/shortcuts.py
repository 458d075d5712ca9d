"""Keys that lead to pages: which there are, and a switch (WCAG 2.1.4)."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from access import operations
from access.terms import ViewerKind
from portal.context_processors import SHORTCUTS_KEY
from portal.middleware import AudienceRequest

# Each stands in a template as `data-key`; a test holds the two together.
SHORTCUTS = (
    ("n", _("Nytt for pasienten")),
    ("k", _("Kumulativ tabell")),
    ("r", _("Svar, rapport for rapport")),
    ("g", _("Kurver")),
    ("m", _("Mikrobiologi")),
    ("p", _("Patologi")),
    ("b", _("Bilder")),
    ("s", _("Søk i tekst")),
    ("d", _("Last ned svaret som PDF")),
    ("c", _("Kopier svaret til journalen")),
    ("?", _("Denne siden")),
)


@require_http_methods(["GET", "POST"])
def shortcuts(request: AudienceRequest) -> HttpResponse:
    """The list; the choice is the person's, on every machine."""
    viewer = request.viewer
    if request.method == "POST":
        is_on = request.POST.get("pa") == "1"
        if viewer.kind is ViewerKind.PRACTITIONER and viewer.user_id:
            before = operations.preferences_of(viewer.user_id)
            chosen = replace(before, without_shortcuts=not is_on)
            operations.prefer(viewer.user_id, chosen)
            request.session[SHORTCUTS_KEY] = is_on
        return redirect("clinician:shortcuts")
    return render(request, "clinician/shortcuts.html", {"shortcuts": SHORTCUTS})
