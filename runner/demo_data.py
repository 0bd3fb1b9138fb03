"""The demo's database, from empty to filled; how far it came is remembered in the database itself (its comment)."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from runner.manage import Manage
from runner.postgres import psql
from runner.supervisor import say
from runner.trouble import Trouble

FILLING = "Kursvis demo: being filled"
FILLED = "Kursvis demo: filled"
STATE = """
SELECT coalesce(shobj_description(d.oid, 'pg_database'), ''),
       EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')
FROM pg_database d WHERE d.datname = current_database();
"""


def prepare(manage: Manage, bin_folder: Path, app_url: str, owner_url: str) -> None:
    """Migrate, and the first time fill, the demo's database; a filling that was interrupted begins anew.

    Raises Trouble when the database holds tables that no demo made: they are not ours to touch.
    """
    comment, tables = psql(owner_url, [STATE], bin_folder).split("|")
    if comment == FILLED:
        say("Starting …")
        manage.as_owner("migrate", "--database=owner", "--no-input")
        return
    if comment == FILLING:
        say("The demo was interrupted while it was made; it is made anew.")
        psql(owner_url, _emptied(app_url), bin_folder)
    elif tables == "t":
        raise Trouble("the database of DATABASE_OWNER_URL holds tables that no demo made. Give the demo its own.")
    psql(owner_url, [_remember(FILLING)], bin_folder)
    say("Making the tables …")
    manage.as_owner("migrate", "--database=owner", "--no-input")
    say("Loading the register of national courses …")
    manage.as_owner("load_register")
    say("Making the fictional municipality (only the first time; takes about a minute) …")
    manage.as_owner("generate", "--size", "demo")
    psql(owner_url, [_remember(FILLED)], bin_folder)


def _remember(state: str) -> str:
    return f"SELECT format('COMMENT ON DATABASE %I IS %L', current_database(), '{state}')\\gexec"


def _emptied(app_url: str) -> list[str]:
    role = unquote(urlsplit(app_url).username or "").replace('"', '""')
    return [
        "DROP SCHEMA public CASCADE;",
        "CREATE SCHEMA public;",
        f'GRANT USAGE ON SCHEMA public TO "{role}";',
    ]
