"""Make synthetic data of a size. Only in demo and test mode."""

from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kursvis.core import time
from kursvis.demo.services.check import self_check
from kursvis.demo.services.whole import SIZES, make_demo


class Command(BaseCommand):
    """Fill an empty database with the fictional municipality."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --size."""
        parser.add_argument("--size", choices=sorted(SIZES), default="demo")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the data and check it. Fails in production, and when the self-check finds anything."""
        if not settings.DEMO:
            raise CommandError("Synthetic persons are refused in production.")
        began = monotonic()
        made = make_demo(size=options["size"], today=time.today())
        wrong = self_check()
        if wrong:
            raise CommandError(f"The self-check found: {wrong}")
        self.stdout.write(f"{made} in {monotonic() - began:.0f} s; the self-check holds.")
