"""The app catalogue."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Catalogue."""

    name = "kursvis.catalogue"
