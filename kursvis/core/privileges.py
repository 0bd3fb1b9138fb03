"""Append-only tables: so by privilege, for the role that web and worker connect as. Used by migrations."""

from django.db.migrations.operations import RunSQL

APP_ROLE = "kursvis_app"


def append_only(*tables: str) -> RunSQL:
    """Take UPDATE and DELETE on the tables from the application's role."""
    names = ", ".join(tables)
    return RunSQL(
        sql=f"REVOKE UPDATE, DELETE, TRUNCATE ON {names} FROM {APP_ROLE}",
        reverse_sql=f"GRANT UPDATE, DELETE ON {names} TO {APP_ROLE}",
    )
