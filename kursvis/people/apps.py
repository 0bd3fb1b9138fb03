"""The app people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People."""

    name = "kursvis.people"
