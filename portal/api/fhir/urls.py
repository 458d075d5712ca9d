"""FHIR's own addresses, beneath the major version."""

from django.urls import path

from portal.api.fhir.intake import Bundles, Outcome, Transactions
from portal.api.fhir.metadata import Metadata

app_name = "fhir"

urlpatterns = [
    path("r4", Transactions.as_view(), name="transaction"),
    path("r4/Bundle", Bundles.as_view(), name="bundle"),
    path("r4/OperationOutcome/<uuid:message_id>", Outcome.as_view(), name="outcome"),
    path("r4/metadata", Metadata.as_view(), name="metadata"),
]
