"""The lowest app: no domain words."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core."""

    name = "kursvis.core"
