"""The app admissions."""

from django.apps import AppConfig


class AdmissionsConfig(AppConfig):
    """Admissions."""

    name = "kursvis.admissions"
