"""Addresses of the producers' test bench."""

from django.urls import path

from portal.producers import views

app_name = "producer"

urlpatterns = [
    path("", views.bench, name="bench"),
    path("resultat/", views.result, name="result"),
    path("eksempler/<slug:name>/", views.example, name="example"),
    path("godkjenning/", views.approval, name="approval"),
]
