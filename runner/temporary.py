"""A PostgreSQL for tests: a cluster of its own in a temporary folder, removed afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.location import make_home
from runner.postgres import FORGETFUL, Server
from runner.roles import APP, OWNER
from runner.trouble import Trouble

DATABASE = "kursvis"
ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL")


@contextmanager
def database_for_tests(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """The environment of a test server: the one that the environment names, else one that lives as long as this block.

    `durable` makes it write as a real one does, for measurements. Raises Trouble when only one address is set.
    """
    given = {name: os.environ[name] for name in ADDRESSES if os.environ.get(name)}
    if len(given) == 1:
        raise Trouble("set both DATABASE_URL (as kursvis_app) and DATABASE_OWNER_URL (as kursvis_owner), or neither.")
    if given:
        yield {"KURSVIS_MODE": "test", **given}
        return
    with temporary_server(durable=durable) as environment:
        yield environment


@contextmanager
def temporary_server(*, durable: bool = False) -> Iterator[dict[str, str]]:
    """Run a server of our own in a temporary folder; gives the environment that points at it."""
    folder = Path(tempfile.mkdtemp(prefix="kursvis-", dir="/tmp"))
    try:
        options = {"max_connections": "200", **({} if durable else FORGETFUL)}
        server = Server(make_home(folder), for_tests=True, options=options)
        try:
            server.start()
            server.prepare(DATABASE)
            yield {
                "KURSVIS_MODE": "test",
                "KURSVIS_SECRET_KEY": server.secrets["secret_key"],
                "DATABASE_URL": server.url(APP, DATABASE),
                "DATABASE_OWNER_URL": server.url(OWNER, DATABASE),
            }
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
