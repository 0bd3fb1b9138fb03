"""The app merits."""

from django.apps import AppConfig


class MeritsConfig(AppConfig):
    """Merits."""

    name = "kursvis.merits"
