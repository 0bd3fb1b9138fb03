"""The directory of the demo's municipality: an OpenID provider, as a process beside the web."""

import json
import secrets
import socket
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from runner import ports
from runner.location import write_private
from runner.supervisor import Supervisor

SECRET = "KURSVIS_OIDC_SECRET_MAL"
"""Where Kursvis reads the secret of the municipality whose user names begin with *mal*."""
NEW_PERSON = ("greta.gast", "Greta Gäst")
"""Somebody whom the directory knows, and Kursvis does not."""


def command(port: int, people: Iterable[tuple[str, str]]) -> list[str]:
    """How the provider is started, with the people whom it knows: what it calls them, and their names."""
    known = [json.dumps({"sub": sub, "name": name}, ensure_ascii=False) for sub, name in people]
    told = [part for claims in known for part in ("--user-claims", claims)]
    return [sys.executable, "-m", "oidc_provider_mock", "--host", ports.HOST, "--port", str(port), *told]


class StandIn:
    """Where the directory listens. The port is kept, for its address stands in the demo's database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "directory"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._port = self._kept_port() or _free_port()
        write_private(self._folder / "port", str(self._port))

    @property
    def issuer(self) -> str:
        """The directory's address."""
        return f"http://{ports.HOST}:{self._port}"

    def environment(self) -> dict[str, str]:
        """The secret, which this directory does not look at."""
        return {SECRET: secrets.token_urlsafe(32)}

    def start(self, supervisor: Supervisor, environment: Mapping[str, str], cast: Sequence[Mapping[str, Any]]) -> None:
        """Start it as a part of the demo, with those of the cast who are in the directory."""
        people = [(row["directory"], row["name"]) for row in cast if row.get("directory")]
        supervisor.start("directory", command(self._port, [*people, NEW_PERSON]), environment)

    def _kept_port(self) -> int | None:
        with suppress(OSError, ValueError):
            port = int((self._folder / "port").read_text())
            return port if _is_free(port) else None
        return None


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((ports.HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ports.HOST, port))
        except (OSError, OverflowError):
            return False
    return True
