"""The app letters."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters."""

    name = "kursvis.letters"
