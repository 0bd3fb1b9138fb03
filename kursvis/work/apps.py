"""The app work."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Work."""

    name = "kursvis.work"
