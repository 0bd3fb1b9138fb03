"""The app organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Organisation."""

    name = "kursvis.organisation"
