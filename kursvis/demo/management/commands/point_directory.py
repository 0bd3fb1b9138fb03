"""Say where the directory of the demo's municipality is. Only in demo and test mode."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.demo.services.directory import point_at


class Command(BaseCommand):
    """Let the demo's municipality have its directory at an address; nothing happens when it is there already."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("issuer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the directory up. Fails in production; one that cannot be changed stays as it is."""
        if not settings.DEMO:
            raise CommandError("Synthetic persons are refused in production.")
        try:
            point_at(issuer=options["issuer"], now=time.now())
        except Refused as refusal:
            self.stdout.write(f"The directory stays as it is: {refusal}")
