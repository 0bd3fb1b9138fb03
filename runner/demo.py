"""`make demo`: the database, the fictional municipality, web and worker, until somebody stops it."""

import http.client
import json
import os
import sys
import time
from pathlib import Path

from runner import demo_data, directory, ports
from runner.bankid import StandIn
from runner.binaries import binaries
from runner.cast import table
from runner.child import tie_to_make
from runner.location import PROJECT, Lock, home, make_home, server_account, write_private
from runner.manage import Manage
from runner.postgres import Server
from runner.roles import APP, OWNER
from runner.supervisor import Supervisor, say
from runner.trouble import Stopped, Trouble, told

DATABASE = "kursvis"


def main() -> int:
    """Run the demo until a signal ends it (0) or a part of it fails (1)."""
    tie_to_make()
    folder = make_home(home())
    lock = Lock(folder)
    if not _taken(lock):
        raise Trouble("it is already running on the data in " + str(folder))
    supervisor = Supervisor(folder / "log")
    try:
        return _run(folder, ports.free_port(folder), supervisor)
    except Stopped:
        say("\nStopping Kursvis …")
        supervisor.stop()
        say("Kursvis has stopped; its data is kept.")
        return 0
    finally:
        supervisor.stop()
        (folder / "running.json").unlink(missing_ok=True)
        lock.release()


def _taken(lock: Lock) -> bool:
    """Take the lock; a moment's patience for somebody who only looks whether we run."""
    for _ in range(20):
        if lock.take():
            return True
        time.sleep(0.1)
    return False


def _run(folder: Path, port: int, supervisor: Supervisor) -> int:
    if folder.parent != PROJECT:
        say(f"The data is kept in {folder}")
    app_url, owner_url, secret_key = _database(folder, supervisor)
    bankid, own = StandIn(folder), directory.StandIn(folder)
    environment = _environment(folder, port, app_url, secret_key) | bankid.environment() | own.environment()
    state = {"mode": "demo", "app_url": app_url, "owner_url": owner_url, "secret_key": secret_key, "port": port}
    write_private(folder / "running.json", json.dumps({**state, "pid": os.getpid()}))
    manage = Manage(folder / "log", environment, owner_url)
    demo_data.prepare(manage, binaries(folder, server_account()), app_url, owner_url)
    manage.collect_static(folder / "static")
    supervisor.start("web server", _web(port, folder / "log"), environment)
    supervisor.start("worker", [sys.executable, "manage.py", "worker"], environment)
    cast = json.loads(manage.answer("cast", "--json"))
    bankid.start(supervisor, environment, cast)
    own.start(supervisor, environment, cast)
    manage.answer("point_directory", own.issuer)
    _wait_for_first_page(port, supervisor)
    say(f"Kursvis is running at http://{ports.HOST}:{port}")
    say("\n" + table(cast) + "\n\nCtrl-C stops it. Its logs are in " + str(folder / "log"))
    return supervisor.watch()


def _database(folder: Path, supervisor: Supervisor) -> tuple[str, str, str]:
    """Addresses as app and as owner, and the secret key: of the server in the environment, else of our own."""
    given = [os.environ.get(name) for name in ("DATABASE_URL", "DATABASE_OWNER_URL")]
    if any(given) and not all(given):
        raise Trouble("set both DATABASE_URL (as kursvis_app) and DATABASE_OWNER_URL (as kursvis_owner), or neither.")
    server = Server(folder, say=say)
    if given[0] and given[1]:
        return given[0], given[1], server.secrets["secret_key"]
    supervisor.database = server
    server.start()
    server.prepare(DATABASE)
    return server.url(APP, DATABASE), server.url(OWNER, DATABASE), server.secrets["secret_key"]


def _environment(folder: Path, port: int, app_url: str, secret_key: str) -> dict[str, str]:
    """What web and worker are given: never the owner's address."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    return {
        **kept,
        "KURSVIS_MODE": "demo",
        "KURSVIS_ADDRESS": f"http://{ports.HOST}:{port}",
        "KURSVIS_SECRET_KEY": secret_key,
        "KURSVIS_STATIC": str(folder / "static"),
        "DATABASE_URL": app_url,
        "DJANGO_SETTINGS_MODULE": "kursvis.config.settings",
        "PYTHONUNBUFFERED": "1",
    }


def _web(port: int, log: Path) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "kursvis.config.wsgi:application", f"--bind={ports.HOST}:{port}",
        "--workers=2", "--worker-class=gthread", "--threads=4", "--timeout=60", "--graceful-timeout=5",
        f"--access-logfile={log / 'access.log'}", "--logger-class=kursvis.core.web_server_log.MaskedLogger",
        "--no-control-socket",
    ]  # fmt: skip


def _wait_for_first_page(port: int, supervisor: Supervisor) -> None:
    while True:
        supervisor.check()
        try:
            connection = http.client.HTTPConnection(ports.HOST, port, timeout=10)
            connection.request("GET", "/halsa/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(told(main))
