"""A PostgreSQL for tests: a cluster of its own in a temporary folder, quick and forgetful, removed afterwards."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.location import make_home
from runner.postgres import Server
from runner.roles import APP, OWNER

DATABASE = "kursvis"


@contextmanager
def test_server() -> Iterator[dict[str, str]]:
    """Run a test server; gives the environment that points at it."""
    folder = Path(tempfile.mkdtemp(prefix="kursvis-", dir="/tmp"))
    try:
        server = Server(make_home(folder), for_tests=True)
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
