"""Say whether the log is what was sealed."""

import argparse
import re
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser

from kursvis.audit.queries.chain import digest_of, verify

_HEAD = re.compile(r"(\d+):([0-9a-f]{64})")


def _head(text: str) -> tuple[int, str]:
    found = _HEAD.fullmatch(text.strip())
    if not found:
        raise argparse.ArgumentTypeError("a batch's number, a colon and its digest of 64 hexadecimal digits")
    return int(found[1]), found[2]


class Command(BaseCommand):
    """`manage.py verify_audit --expect NUMBER:DIGEST`: 0 when the chain is whole, 1 with the first broken batch."""

    help = "Say whether the log is what was sealed; exits with 1 and names the first batch that is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the caller give heads that were written down elsewhere."""
        parser.add_argument(
            "--expect", type=_head, action="append", default=[], metavar="NUMBER:DIGEST", help="a head from before"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk the chain. Raises CommandError where it is broken, or not the one that was written down."""
        verdict = verify()
        if verdict.broken:
            raise CommandError(f"Batch {verdict.broken.number} is broken: {verdict.broken.why}.")
        for number, digest in options["expect"]:
            if digest_of(number) != digest:
                raise CommandError(f"Batch {number} is broken: its digest is not the one that was written down.")
        told = f"head {verdict.head}" if verdict.head else "nothing has been sealed yet"
        self.stdout.write(f"The log is whole: {verdict.events} sealed events, {told}")
