"""The embedded PostgreSQL: made, started, recovered and stopped as our own child, on a Unix socket only.

Nobody is trusted for being on this machine: every connection needs a password (scram), the passwords are random and
readable only by who runs Kursvis, and as root the server itself is `nobody`.
"""

import json
import locale
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from runner import orphan, roles
from runner.binaries import binaries, major_version
from runner.child import run_as, spawn, stop
from runner.location import server_account, write_private
from runner.trouble import Trouble

SUPERUSER = "postgres"
PORT = 5432  # only a part of the socket's name: nothing listens on the network
LONGEST_SOCKET_FOLDER = 80  # a socket's address has room for 107 bytes on Linux, 103 elsewhere
RESET = "`make demo-reset` removes the data folder, so that the next start begins anew."
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_size": "2GB"} | {
    "autovacuum": "off"
}
"""For tests: nothing need survive, and no plan may hang on whether a table was counted while it was empty."""


def _quiet(text: str) -> None:
    """Say nothing."""


class Server:
    """One PostgreSQL on one data folder; the caller holds the folder's lock."""

    def __init__(
        self,
        home: Path,
        *,
        for_tests: bool = False,
        options: Mapping[str, str] | None = None,
        say: Callable[[str], None] = _quiet,
    ) -> None:
        self.home = home
        self._options = dict(options or {})
        self.data = home / "data"
        self.for_tests = for_tests
        self.account = server_account()
        self._say = say
        self._bin = binaries(home, self.account)
        self._log = home / "log" / "postgresql.log"
        self._socket = home / "socket"
        self.process: subprocess.Popen[bytes] | None = None
        self.secrets = self._secrets()

    def start(self) -> None:
        """Start the server and wait, however long it recovers, until it takes connections.

        A folder half made is made anew, a server left from last time is ended first. Raises Trouble when the data is
        not a database of this version, or when PostgreSQL refuses to start (with the end of its log).
        """
        self._clean_up()
        if not self.data.exists():
            self._initialise()
        self._check_version()
        self._end_orphan()
        self._socket = self._socket_folder()
        started = time.monotonic()
        while not self._started():
            if "still in use" not in self._log_end() or time.monotonic() - started > 60:
                raise Trouble(f"PostgreSQL did not start. The end of {self._log}:\n{self._log_end()}")
            time.sleep(0.3)  # the backends of a killed server are still ending

    def stop(self) -> None:
        """Stop cleanly: sessions are ended, everything is written."""
        if self.process is not None:
            stop(self.process, signal.SIGINT, 30, signal.SIGQUIT)
        shutil.rmtree(self._socket, ignore_errors=True)
        if (self.home / "socket").is_symlink():
            (self.home / "socket").unlink()

    def prepare(self, database: str) -> None:
        """Make or mend the roles, the database and the default privileges (runner/roles.py)."""
        self.psql(
            roles.roles_sql(database, self.secrets["owner"], self.secrets["app"], may_create_databases=self.for_tests)
        )

    def url(self, role: str, database: str) -> str:
        """The address to connect to `database` as `role` (kursvis_owner, kursvis_app or the superuser)."""
        names = {roles.OWNER: "owner", roles.APP: "app", SUPERUSER: "superuser"}
        folder = quote(str(self._socket), safe="/")
        return f"postgresql://{role}:{self.secrets[names[role]]}@/{database}?host={folder}&port={PORT}"

    def psql(self, statements: Sequence[str], database: str = SUPERUSER) -> str:
        """Run statements as the superuser and return what they answer, unaligned."""
        return psql(self.url(SUPERUSER, database), statements, self._bin)

    def _secrets(self) -> dict[str, str]:
        path = self.home / "secrets.json"
        if not path.exists():
            if self.data.exists():
                raise Trouble(f"{path}, with the passwords of the database beside it, is missing. {RESET}")
            names = ("superuser", "owner", "app", "secret_key")
            write_private(path, json.dumps({name: secrets.token_urlsafe(32) for name in names}))
        try:
            kept = json.loads(path.read_text())
            return {str(name): str(secret) for name, secret in kept.items()}
        except (ValueError, AttributeError):
            raise Trouble(f"{path} is damaged. {RESET}") from None

    def _clean_up(self) -> None:
        shutil.rmtree(self.home / "data.new", ignore_errors=True)
        if not self.data.exists():
            self._log.unlink(missing_ok=True)

    def _initialise(self) -> None:
        """A new cluster, made beside its place and moved there when whole."""
        draft = self.home / "data.new"
        draft.mkdir(mode=0o700)
        password = self.home / "password.new"
        write_private(password, self.secrets["superuser"])
        self._give(draft, password)
        libc = "C.UTF-8" if _known_locale("C.UTF-8") else "C"
        command: list[str | Path] = [
            self._bin / "initdb", "-D", draft, "-U", SUPERUSER, "--encoding=UTF8", f"--locale={libc}",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-messages=C", "--text-search-config=simple",
            "--auth=scram-sha-256", f"--pwfile={password}", *(["--no-sync"] if self.for_tests else []),
        ]  # fmt: skip
        result = run_as(self.account, command, _environment())
        password.unlink()
        if result.returncode:
            raise Trouble(f"PostgreSQL could not make its data folder {draft}:\n{result.stdout[-2000:]}")
        draft.rename(self.data)

    def _give(self, *paths: Path) -> None:
        if self.account is not None:
            for path in paths:
                os.chown(path, self.account.uid, self.account.gid)

    def _check_version(self) -> None:
        try:
            made_by = (self.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise Trouble(f"the data folder {self.data} is half made: it holds no database. {RESET}") from None
        if made_by != major_version(self._bin):
            ours = major_version(self._bin)
            raise Trouble(f"the data in {self.data} was made by PostgreSQL {made_by}, and this is {ours}. {RESET}")

    def _end_orphan(self) -> None:
        """End a server that runs on our data without us; forget a process number that is not a server any more."""
        pid = orphan.server_of(self.data)
        if pid is not None:
            self._say("Stopping the PostgreSQL that was left running …")
            orphan.end(pid, self.data)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _socket_folder(self) -> Path:
        """A folder with a short path that only the server's user (and root) can open."""
        place = self.home / "socket"
        if place.is_symlink():
            shutil.rmtree(place.resolve(), ignore_errors=True)
            place.unlink()
        shutil.rmtree(place, ignore_errors=True)
        if len(os.fsencode(place)) > LONGEST_SOCKET_FOLDER:
            folder = Path(tempfile.mkdtemp(prefix="kursvis-", dir="/tmp"))
            place.symlink_to(folder)
        else:
            folder = place
            folder.mkdir(mode=0o700)
        self._give(folder)
        return folder

    def _started(self) -> bool:
        """Start the process; True when it takes connections, False when it ended instead."""
        options = {
            "listen_addresses": "",
            "unix_socket_directories": '"' + str(self._socket).replace('"', '""') + '"',
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self._options,
        }
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with self._log.open("ab") as log:
            self.process = spawn(
                [self._bin / "postgres", "-D", self.data, "-p", str(PORT), *settings],
                account=self.account,
                environment=_environment(),
                folder="/",
                output=log,
                dies_by=signal.SIGINT,
            )
        started, told = time.monotonic(), False
        while self.process.poll() is None:
            if self._ready(self.process.pid):
                return True
            if not told and time.monotonic() - started > 3:
                self._say("PostgreSQL is putting its data in order after an unclean stop; this may take a while …")
                told = True
            time.sleep(0.02)
        return False

    def _ready(self, pid: int) -> bool:
        """What `pg_ctl -w` looks at: the eighth line of postmaster.pid."""
        with suppress(OSError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return len(lines) >= 8 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"
        return False

    def _log_end(self) -> str:
        with suppress(OSError):
            return "\n".join(self._log.read_text(errors="replace").splitlines()[-6:])
        return "(no log)"


def psql(url: str, statements: Sequence[str], bin_folder: Path) -> str:
    """Run statements on the database at `url`, stopping at the first error (Trouble), and return the answers."""
    result = subprocess.run(
        [bin_folder / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", "-"],
        input="\n".join(statements) + "\n",
        capture_output=True,
        text=True,
        check=False,
        env={**_environment(), "PGCLIENTENCODING": "UTF8", "PGOPTIONS": "-c client_min_messages=warning"},
    )
    if result.returncode:
        raise Trouble(f"the database refused: {result.stderr.strip()}")
    return result.stdout.strip()


def _environment() -> dict[str, str]:
    """What PostgreSQL's programs need of our environment: nothing of PGHOST and its like, no secrets."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _known_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_CTYPE, before)
    return True
