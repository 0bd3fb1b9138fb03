"""The app grades."""

from django.apps import AppConfig


class GradesConfig(AppConfig):
    """Grades."""

    name = "kursvis.grades"
