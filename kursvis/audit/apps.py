"""The app audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit."""

    name = "kursvis.audit"
