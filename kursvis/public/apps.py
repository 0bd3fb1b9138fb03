"""The app public."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Public."""

    name = "kursvis.public"
