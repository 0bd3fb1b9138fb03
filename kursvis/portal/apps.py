"""The app portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Portal."""

    name = "kursvis.portal"
