"""Print the SQL that makes the two database roles on a PostgreSQL server of one's own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from runner.roles import roles_sql


class Command(BaseCommand):
    """`manage.py database_roles --database kursvis | psql`, as a superuser; repeatable."""

    help = "Print the SQL for psql that makes the roles kursvis_owner and kursvis_app, and the database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the caller name the database, the passwords, and whether tests run there."""
        parser.add_argument("--database", default="kursvis")
        parser.add_argument("--owner-password", help="without it, kursvis_owner keeps the password it has")
        parser.add_argument("--app-password", help="without it, kursvis_app keeps the password it has")
        parser.add_argument("--tests", action="store_true", help="the owner may make databases, as the tests need")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        statements = roles_sql(
            options["database"],
            options["owner_password"],
            options["app_password"],
            may_create_databases=options["tests"],
        )
        self.stdout.write("\n".join(statements))
