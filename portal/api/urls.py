"""What systems meet."""

from django.urls import path

from portal.api.submission import AppRec, Messages

app_name = "api"

urlpatterns = [
    path("messages", Messages.as_view(), name="messages"),
    path("messages/<uuid:message_id>/apprec", AppRec.as_view(), name="apprec"),
]
