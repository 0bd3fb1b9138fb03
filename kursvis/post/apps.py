"""The app post."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """Post."""

    name = "kursvis.post"
