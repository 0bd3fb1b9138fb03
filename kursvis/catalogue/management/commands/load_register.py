"""Show, and apply, the edition of the national register that came with the installed version."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from kursvis.access.actors import SYSTEM
from kursvis.catalogue.queries import edition as queries
from kursvis.catalogue.rules.edition import Comparison
from kursvis.catalogue.services.register import load_register
from kursvis.core import time


class Command(BaseCommand):
    """`manage.py load_register [--apply]`: an empty register is filled at once, a filled one only when told to."""

    help = "Compare the register of national courses with the installed version's files; --apply to take them over."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the word that makes it happen."""
        parser.add_argument("--apply", action="store_true", help="apply what is shown")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what the edition adds, changes and ends; apply it if told to, or if there is no register yet."""
        is_first = not queries.courses_in_force()
        if is_first or options["apply"]:
            comparison = load_register(by=SYSTEM, now=time.now())
        else:
            comparison = queries.compared(queries.read_edition(), today=time.today())
        self._print(comparison, in_detail=not is_first)
        if not (is_first or options["apply"] or comparison.is_empty):
            self.stdout.write("Nothing was changed. Apply it with: manage.py load_register --apply")

    def _print(self, comparison: Comparison, *, in_detail: bool) -> None:
        self.stdout.write(
            f"{len(comparison.added)} courses added, {len(comparison.changed)} changed, {len(comparison.ended)} ended,"
            f" {len(comparison.prerequisites)} with other prerequisites,"
            f" {len(comparison.correspondences)} that correspond to another level,"
            f" {len(comparison.packages)} packages differ, {comparison.unchanged} unchanged."
        )
        if not in_detail:
            return
        for word, changes in (("+", comparison.added), ("~", comparison.changed), ("-", comparison.ended)):
            for change in changes:
                fields = "; ".join(f"{part.field}: {part.old} → {part.new}" for part in change.fields)
                self.stdout.write(" ".join(part for part in (word, change.code, change.name, fields) if part))
        for advice in comparison.prerequisites:
            self.stdout.write(f"~ {advice.code} builds on: {advice.old} → {advice.new}")
        for pair in comparison.correspondences:
            self.stdout.write(f"~ {pair.code} corresponds to: {pair.old} → {pair.new}")
        for package in comparison.packages:
            self.stdout.write(f"~ {package.code} {package.name}: {package.old} → {package.new}")
