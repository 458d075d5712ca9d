"""What the service does over FHIR, for whoever asks."""

from django.urls import reverse
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from portal.api.bodies import SEND_SCOPE
from portal.api.fhir.views import FhirView
from results.fhir.capability import capability_statement


class Metadata(FhirView):
    """`GET /fhir/r4/metadata`: open, as R4 §3.1.0.1.7 has it."""

    authentication_classes = ()
    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        base = request.build_absolute_uri(reverse("fhir:transaction"))
        return Response(capability_statement(base, scope=SEND_SCOPE))
