"""Run the worker: background and timed work. Refuses to start as anything more than the application's role."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from kursvis.core.startup import refuse_powerful_connection


class Command(BaseCommand):
    """Run the worker until it is stopped."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the connection, then work. What is done leaves the queue: its arguments are nobody's record."""
        refuse_powerful_connection()
        call_command("procrastinate", "worker", "--delete-jobs=successful")
