"""Load the national register of courses."""

from typing import Any

from django.core.management.base import BaseCommand

from kursvis.access.actors import SYSTEM
from kursvis.catalogue.services.register import load_register
from kursvis.core import time


class Command(BaseCommand):
    """`manage.py load_register`: safe to run as often as wanted."""

    help = "Load the national courses and their prerequisites from the files of the catalogue."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print what was done."""
        done = load_register(by=SYSTEM, now=time.now())
        self.stdout.write(
            f"{done.added} courses added, {done.changed} changed, {done.ended} ended, {done.unchanged} unchanged."
        )
