"""One include per audience; each is served on its own host (see the middleware)."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.views.generic import TemplateView
from django.views.i18n import set_language

from access.admin.explaining import explain_page
from portal.accounts import from_ehr


@login_not_required
def administration_login(request: HttpRequest) -> HttpResponse:
    """Administrators sign in like everybody else; there are no passwords here."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(reverse("accounts:login", query=request.GET))


front = login_not_required(TemplateView.as_view(template_name="front.html"))

urlpatterns = [
    path("", front, name="front"),
    path("hentpasient.html", from_ehr.open_patient, name="open_from_ehr"),
    path("loggut", from_ehr.leave, name="leave_from_ehr"),
    path("sprak/", login_not_required(set_language), name="set_language"),
    path("helsepersonell/", include("portal.clinician.urls")),
    path("innbygger/", include("portal.citizen.urls")),
    path("produsent/", include("portal.producers.urls")),
    path("innlogging/", include("portal.accounts.urls")),
    path("api/", include("portal.api.urls")),
    path("fhir/", include("portal.api.fhir.urls")),
    path("forvaltning/login/", administration_login, name="administration_login"),
    path(
        "forvaltning/forklar/",
        admin.site.admin_view(explain_page),
        name="explain_decision",
    ),
    path("forvaltning/", admin.site.urls),
]
