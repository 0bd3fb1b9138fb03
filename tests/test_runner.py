"""The runner: the embedded PostgreSQL survives what people do to it, trusts nobody, and trouble is told in words."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from runner import demo_data, location, reset
from runner.roles import APP, OWNER
from runner.trouble import Trouble

PROJECT = location.PROJECT
SERVE = """
import json, sys, threading
from pathlib import Path
from runner import binaries, child, location, postgres
from runner.trouble import told

def main():
    {before}
    home = location.make_home(Path(sys.argv[1]))
    lock = location.Lock(home)
    assert lock.take()
    say = lambda text: print(text, file=sys.stderr)
    server = postgres.Server(home, options=postgres.FORGETFUL, for_tests={for_tests}, say=say)
    try:
        server.start()
        server.prepare("kursvis")
        urls = {{role: server.url(role, "kursvis") for role in ("kursvis_app", "kursvis_owner", "postgres")}}
        print(json.dumps({{"pid": server.process.pid, "bin": str(server._bin), **urls}}), flush=True)
        threading.Event().wait()
    finally:
        server.stop()

sys.exit(told(main))
"""


class Running:
    """A process that runs a server, and what it says about it."""

    def __init__(self, home: Path, before: str = "pass", for_tests: bool = False) -> None:
        script = SERVE.format(before=before, for_tests=for_tests)
        self.process = subprocess.Popen(
            [sys.executable, "-c", script, str(home)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            pytest.fail(f"the server did not start: {self.process.communicate()[1]}")
        self.told: dict[str, Any] = json.loads(line)

    def ask(self, role: str, statement: str) -> Any:
        with psycopg.connect(self.told[role], autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone() if cursor.description else None

    def end(self, number: int) -> str:
        self.process.send_signal(number)
        return self.process.communicate(timeout=30)[1]


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that PostgreSQL's user can reach (pytest's own are closed), with no server left on it."""
    with _folder() as folder:
        yield folder


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="kursvis-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        yield folder
        assert _gone(folder), "a server was left running"
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    """One server for the tests that only ask it questions."""
    with _folder() as folder:
        running = Running(folder, for_tests=True)
        running.ask(OWNER, "CREATE TABLE thing (id bigint GENERATED ALWAYS AS IDENTITY, name text)")
        try:
            yield running
        finally:
            running.end(signal.SIGTERM)


def _servers_on(folder: Path) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd").startswith(str(folder)):
                found.append(int(process.name))
        except OSError:
            continue
    return found


def _gone(folder: Path) -> bool:
    until = time.monotonic() + 15
    while _servers_on(folder):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_server_cleanly(home: Path, number: int) -> None:
    running = Running(home)
    assert (home / "data").stat().st_mode & 0o777 == 0o700
    assert (home / "secrets.json").stat().st_mode & 0o777 == 0o600
    running.end(number)
    assert _gone(home)
    assert not (home / "data" / "postmaster.pid").exists()
    assert not (home / "socket").exists()
    assert "database system is shut down" in (home / "log" / "postgresql.log").read_text()


def test_kill_9_ends_the_server_and_the_next_start_recovers(home: Path) -> None:
    first = Running(home)
    first.ask(OWNER, "CREATE TABLE kept (name text)")
    first.ask(APP, "INSERT INTO kept VALUES ('here')")
    first.end(signal.SIGKILL)
    assert _gone(home), "the server outlived its supervisor"

    second = Running(home)
    os.kill(second.told["pid"], signal.SIGKILL)
    second.end(signal.SIGKILL)
    assert (home / "data" / "postmaster.pid").exists()

    third = Running(home)
    assert third.ask(APP, "SELECT name FROM kept") == ("here",)
    third.end(signal.SIGTERM)


def test_a_stale_process_number_of_a_stranger_does_not_hinder(home: Path) -> None:
    Running(home).end(signal.SIGTERM)
    (home / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{home / 'data'}\n")
    Running(home).end(signal.SIGTERM)


def test_an_orphan_is_stopped_and_the_start_goes_on(home: Path) -> None:
    untied = Running(home, before="child.tied = lambda number: lambda: None")
    untied.end(signal.SIGKILL)
    assert untied.told["pid"] in _servers_on(home)
    running = Running(home)
    assert running.told["pid"] != untied.told["pid"]
    assert "left running" in running.end(signal.SIGTERM)


def test_a_half_made_cluster_is_made_anew(home: Path) -> None:
    (home / "lock").touch()
    (home / "data.new").mkdir()
    (home / "data.new" / "PG_VERSION").write_text("18\n")
    Running(home).end(signal.SIGTERM)
    assert not (home / "data.new").exists()


def test_data_that_holds_no_database_is_told(home: Path) -> None:
    Running(home).end(signal.SIGTERM)
    (home / "data" / "PG_VERSION").unlink()
    result = _python("-c", SERVE.format(before="pass", for_tests=False), str(home))
    assert result.returncode == 1
    assert "half made" in result.stderr
    assert "make demo-reset" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_long_path_gets_a_short_socket(home: Path) -> None:
    deep = home / ("long" * 20) / "data"
    running = Running(deep)
    assert "host=/tmp/kursvis-" in running.told[APP]
    assert running.ask(APP, "SELECT 1") == (1,)
    shortcut = (deep / "socket").resolve()
    running.end(signal.SIGTERM)
    assert not shortcut.exists()


def test_programs_are_copied_where_the_servers_user_cannot_reach_them(home: Path) -> None:
    running = Running(home, before="binaries.reachable = lambda path, account: False")
    assert running.told["bin"].startswith(str(home))
    assert running.ask(APP, "SELECT 1") == (1,)
    running.end(signal.SIGTERM)


def test_the_app_may_write_rows_and_nothing_more(server: Running) -> None:
    server.ask(APP, "INSERT INTO thing (name) VALUES ('a')")
    server.ask(APP, "UPDATE thing SET name = 'b'")
    server.ask(APP, "DELETE FROM thing")
    for forbidden in (
        "TRUNCATE thing",
        "DROP TABLE thing",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE DATABASE mine",
        "SET ROLE kursvis_owner",
        "COPY thing TO '/tmp/kursvis-thing'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.ask(APP, forbidden)


def test_the_app_owns_nothing_and_neither_role_is_powerful(server: Running) -> None:
    owned = f"SELECT count(*) FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid WHERE r.rolname = '{APP}' "
    assert server.ask("postgres", owned + "AND d.deptype = 'o'") == (0,)
    powers = "rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls"
    assert server.ask("postgres", f"SELECT bool_or({powers}) FROM pg_roles WHERE rolname LIKE 'kursvis%'") == (False,)


def test_databases_that_tests_make_have_the_same_privileges(server: Running) -> None:
    server.ask(OWNER, "CREATE DATABASE another")
    server.told["other_owner"] = server.told[OWNER].replace("@/kursvis?", "@/another?")
    server.told["other_app"] = server.told[APP].replace("@/kursvis?", "@/another?")
    server.ask("other_owner", "CREATE TABLE thing (name text)")
    server.ask("other_app", "INSERT INTO thing VALUES ('a')")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        server.ask("other_app", "TRUNCATE thing")


def test_nobody_is_let_in_without_the_password(server: Running) -> None:
    for role in (APP, OWNER, "postgres"):
        address = server.told[role].split("://")[1]
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect("postgresql://" + address.replace(address.split("@")[0], role))


class Recorder:
    """Stands for `manage.py`: notes the commands, and fails at one."""

    def __init__(self, server: Running, fails_at: str = "") -> None:
        self.commands: list[str] = []
        self._server = server
        self._fails_at = fails_at

    def as_owner(self, *arguments: str) -> None:
        if arguments[0] == self._fails_at:
            raise Trouble("interrupted")
        self.commands.append(arguments[0])
        if arguments[0] == "migrate":
            self._server.ask("filled", "CREATE TABLE IF NOT EXISTS made (id int)")


def test_a_filling_that_was_interrupted_begins_anew_and_a_whole_one_is_kept(server: Running) -> None:
    server.ask(OWNER, "CREATE DATABASE filled")
    server.told["filled"] = server.told[OWNER].replace("@/kursvis?", "@/filled?")

    def prepare(fails_at: str = "") -> list[str]:
        manage: Any = Recorder(server, fails_at)
        demo_data.prepare(manage, Path(server.told["bin"]), server.told[APP], server.told["filled"])
        return list(manage.commands)

    with pytest.raises(Trouble, match="interrupted"):
        prepare("generate")
    server.ask("filled", "CREATE TABLE half_made (id int)")
    assert prepare() == ["migrate", "load_register", "generate"]
    assert server.ask("filled", "SELECT to_regclass('half_made')") == (None,)
    assert prepare() == ["migrate"]


def test_a_database_with_other_tables_is_not_touched(server: Running) -> None:
    manage: Any = Recorder(server)
    with pytest.raises(Trouble, match="holds tables that no demo made"):
        demo_data.prepare(manage, Path(server.told["bin"]), server.told[APP], server.told[OWNER])
    assert manage.commands == []


def _python(*arguments: str, folder: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_busy_port_is_told(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = _python("runner/start.py", "demo", PORT=port, KURSVIS_DATA=str(home / "data"))
    assert result.returncode == 1
    assert f"port {port} is in use" in result.stderr
    assert "make demo PORT=" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_old_python_is_told() -> None:
    old = "import runpy, sys; sys.version_info = (3, 9, 1); runpy.run_path('runner/start.py', run_name='__main__')"
    result = _python("-c", old)
    assert result.returncode == 1
    assert "needs Python 3.11 or newer" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_python_without_ensurepip_is_told(home: Path) -> None:
    shutil.copytree(PROJECT / "runner", home / "runner")
    shutil.copy(PROJECT / "requirements.txt", home)
    lacking = (
        "import importlib.util as u, runpy, sys; found = u.find_spec; sys.argv = ['start.py', 'demo']\n"
        "u.find_spec = lambda name, *more: None if name == 'ensurepip' else found(name, *more)\n"
        "runpy.run_path('runner/start.py', run_name='__main__')"
    )
    result = _python("-c", lacking, folder=home, PORT=_free_port())
    assert result.returncode == 1
    assert "sudo apt install python3-venv" in result.stderr
    assert "Traceback" not in result.stderr


def _free_port() -> str:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another user")
def test_root_in_a_closed_folder_keeps_the_data_elsewhere(home: Path) -> None:
    closed = home / "closed"
    shutil.copytree(PROJECT / "runner", closed / "kursvis" / "runner")
    closed.chmod(0o700)
    script = "from runner import location as l; print(l.home(), l.shared_home())"
    result = _python("-c", script, folder=closed / "kursvis", KURSVIS_DATA="")
    chosen, elsewhere = result.stdout.split()
    assert chosen == elsewhere
    assert elsewhere.startswith("/var/lib/kursvis/")
    assert closed.stat().st_mode & 0o777 == 0o700

    refused = _python("-c", script, folder=closed / "kursvis", KURSVIS_DATA=str(closed / "data"))
    assert "cannot reach KURSVIS_DATA" in refused.stderr


def _held(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    monkeypatch.setenv("KURSVIS_DATA", str(home))
    lock = location.Lock(location.make_home(home))
    assert lock.take()
    state = {"mode": "demo", "app_url": "a", "owner_url": "o", "secret_key": "s", "port": 1, "pid": 1}
    location.write_private(home / "running.json", json.dumps(state))
    return lock.release


def test_manage_finds_a_demo_only_while_it_lives(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release = _held(home, monkeypatch)
    state = location.running()
    assert state is not None
    assert state["app_url"] == "a"
    release()
    assert location.running() is None, "the file alone is no sign of life"


def test_reset_refuses_beside_a_demo_and_removes_only_what_is_ours(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reset, "shared_home", lambda: home / "nowhere")
    release = _held(home, monkeypatch)
    with pytest.raises(Trouble, match="running"):
        reset.reset()
    release()
    (home / "letter.txt").touch()
    reset.reset()
    assert [path.name for path in home.iterdir()] == ["letter.txt"]


def test_a_folder_with_other_things_is_not_taken_for_data(home: Path) -> None:
    (home / "letter.txt").touch()
    with pytest.raises(Trouble, match="holds other things"):
        location.make_home(home)
