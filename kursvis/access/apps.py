"""The app access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access."""

    name = "kursvis.access"
