"""The two roles in the database, as a psql script. The only place that says what each may do.

`kursvis_owner` owns the database and migrates. `kursvis_app` is what web and worker connect as: no superuser, owns
nothing, and cannot TRUNCATE, so that a table is append-only when UPDATE and DELETE are taken from it.
"""

OWNER = "kursvis_owner"
APP = "kursvis_app"


def roles_sql(
    database: str,
    owner_password: str | None = None,
    app_password: str | None = None,
    *,
    may_create_databases: bool = False,
) -> list[str]:
    """Statements for psql, run as a superuser: make or mend the roles, the database and the default privileges.

    Repeatable. Without a password the role keeps the one it has. `may_create_databases` is for test servers: the
    owner may make databases, and each database made there starts with the same default privileges.
    """
    name, literal = _identifier(database), _literal(database)
    creating = "CREATEDB" if may_create_databases else "NOCREATEDB"
    return [
        *_role(OWNER, creating, owner_password),
        *_role(APP, "NOCREATEDB", app_password),
        f"SELECT 'CREATE DATABASE {name} OWNER {OWNER}' "
        f"WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = {literal})\\gexec",
        f"ALTER DATABASE {name} OWNER TO {OWNER};",
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC;",
        f"GRANT CONNECT ON DATABASE {name} TO {APP};",
        *(_privileges("template1") if may_create_databases else []),
        *_privileges(database),
    ]


def _role(role: str, creating: str, password: str | None) -> list[str]:
    login = "" if password is None else f" PASSWORD {_literal(password)}"
    return [
        f"SELECT 'CREATE ROLE {role} LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}')\\gexec",
        f"ALTER ROLE {role} LOGIN NOSUPERUSER {creating} NOCREATEROLE NOREPLICATION NOBYPASSRLS{login};",
    ]


def _privileges(database: str) -> list[str]:
    """What the app may do with each table that the owner makes later."""
    defaults = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER}"
    return [
        f"\\connect {_identifier(database)}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC;",
        f"GRANT USAGE ON SCHEMA public TO {APP};",
        f"{defaults} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};",
        f"{defaults} GRANT USAGE, SELECT ON SEQUENCES TO {APP};",
    ]


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
