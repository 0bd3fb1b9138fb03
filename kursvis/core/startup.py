"""What web and worker refuse to start with."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

POWER = """
SELECT r.rolsuper,
       EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relkind = 'r')
FROM pg_roles r WHERE r.rolname = current_user
"""


def refuse_powerful_connection() -> None:
    """Raise `ImproperlyConfigured` if we are connected as a superuser or as an owner of tables.

    Append-only tables are so by privilege, which only holds for a role that owns nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(POWER)
        superuser, owner = cursor.fetchone()
    connection.close()
    if superuser or owner:
        raise ImproperlyConfigured(
            "DATABASE_URL connects as a superuser or as the owner of the tables. Use the role kursvis_app "
            "(manage.py database_roles prints the SQL that makes it)."
        )
