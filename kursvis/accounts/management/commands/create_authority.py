"""Create a municipality and its first administrator."""

import sys
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from kursvis.accounts.forms.installation import FirstAuthorityForm
from kursvis.accounts.services.installation import FirstAdministrator, set_up_authority
from kursvis.core import time
from kursvis.core.address import absolute
from kursvis.core.forms import attempt

_NAMES = tuple(FirstAuthorityForm.base_fields)


class Command(BaseCommand):
    """`manage.py create_authority`: asks for what is not given as an option, and prints a one-time link."""

    help = "Create a municipality and its first administrator; prints the link by which she chooses a password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take each answer as an option too, and whether to load the register of courses."""
        for name in _NAMES:
            parser.add_argument(f"--{name.replace('_', '-')}", help=str(FirstAuthorityForm.base_fields[name].label))
        parser.add_argument("--without-register", action="store_true", help="do not load the register of courses")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check what was told, create, load the register, and print the link. Raises CommandError with every fault."""
        form = FirstAuthorityForm({name: self._answer(name, options[name]) for name in _NAMES}, today=time.today())
        made = attempt(form, lambda: set_up_authority(**form.told(), now=time.now())) if form.is_valid() else None
        if made is None:
            raise CommandError(_faults(form))
        if not options["without_register"]:
            call_command("load_register", stdout=self.stdout)
        self._print(made)

    def _answer(self, name: str, given: str | None) -> str:
        if given is not None or not sys.stdin.isatty():
            return given or ""
        field = FirstAuthorityForm.base_fields[name]
        return input(f"{field.label}{'' if field.required else ' (frivilligt)'}: ")

    def _print(self, made: FirstAdministrator) -> None:
        user = made.user
        self.stdout.write(self.style.SUCCESS(f"Created. {user.full_name} logs in as {user.user_name or 'before'}."))
        if made.secret:
            self.stdout.write("She chooses a password here, once:")
            self.stdout.write(absolute(reverse("accounts:use_link", args=[made.secret])))


def _faults(form: FirstAuthorityForm) -> str:
    lines = ["Nothing was created:"]
    for name, errors in form.errors.items():
        option = f"--{name.replace('_', '-')}: " if name in form.fields else ""
        lines += [f"  {option}{error}" for error in errors]
    return "\n".join(lines)
