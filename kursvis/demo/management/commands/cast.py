"""List who can log in to the demo as what."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kursvis.demo.queries import logins


class Command(BaseCommand):
    """Print the logins of the cast and its colleagues, as a table or as JSON for scripts."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --json."""
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the logins. Fails when the demo has not been made."""
        found = logins()
        if not found:
            raise CommandError("There is no demo in this database. Make it with: manage.py generate --size demo")
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for login in found:
            who = ", ".join(filter(None, [*login["roles"], login["unit"], login["note"]]))
            self.stdout.write(f"{login['name']:<20} {login['user_name']:<12} {login['personnummer']}  {who}")
