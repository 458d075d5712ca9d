"""The Django application that holds what was reported."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "results"
    verbose_name = "Prøvesvar"
