"""What systems meet."""

from django.urls import path

from portal.api.health import Health
from portal.api.launch import Create, End, Refresh, Status
from portal.api.metrics import Metrics
from portal.api.patient_safety import PatientSafety
from portal.api.reconciliation import Reconciliation
from portal.api.submission import AppRec, Messages
from portal.api.validation import Validation

app_name = "api"

urlpatterns = [
    # What EHR systems call; their addresses are given, and have no slash at the end.
    path("session/create", Create.as_view(), name="launch_create"),
    path("session/refresh", Refresh.as_view(), name="launch_refresh"),
    path("session/end", End.as_view(), name="launch_end"),
    path("v1/helseindikator/status", Status.as_view(), name="launch_status"),
    path("messages", Messages.as_view(), name="messages"),
    path(
        "v0.5/access-restrictions/patient-safety",
        PatientSafety.as_view(),
        name="patient_safety",
    ),
    path("validate", Validation.as_view(), name="validate"),
    path("reconciliation", Reconciliation.as_view(), name="reconciliation"),
    path("health", Health.as_view(), name="health"),
    path("metrics", Metrics.as_view(), name="metrics"),
    path("messages/<uuid:message_id>/apprec", AppRec.as_view(), name="apprec"),
]
