"""The app studies."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    """Studies."""

    name = "kursvis.studies"
