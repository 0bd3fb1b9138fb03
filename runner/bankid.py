"""The demo's stand-in for BankID: a process beside the web, with certificates of its own."""

import json
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from runner import ports
from runner.location import write_private
from runner.supervisor import Supervisor

NEW_PERSON = ("195501142284", "Nya", "Nyqvist")
"""Somebody whom the demo does not know: an official test number, of an age that the demo never takes."""


class StandIn:
    """Where the stand-in listens, and what the web needs to know of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "bankid"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._api, self._app = _two_free_ports()

    def environment(self) -> dict[str, str]:
        """The settings of a relying party: address, authority, certificate; and the page that plays the app."""
        return {
            "KURSVIS_BANKID_ADDRESS": f"https://{ports.HOST}:{self._api}/rp/v6.0",
            "KURSVIS_BANKID_AUTHORITY": str(self._folder / "ca.pem"),
            "KURSVIS_BANKID_CERTIFICATE": str(self._folder / "client.pem"),
            "KURSVIS_BANKID_KEY": str(self._folder / "client.pem"),
            "KURSVIS_BANKID_APP": f"http://{ports.HOST}:{self._app}/",
        }

    def start(self, supervisor: Supervisor, environment: Mapping[str, str], cast: Sequence[Mapping[str, Any]]) -> None:
        """Start it as a part of the demo, with the cast as the persons that it can be."""
        persons = self._folder / "persons.json"
        rows = [(row["personnummer"], *_names(row["name"])) for row in cast if row.get("personnummer")]
        write_private(persons, json.dumps([*rows, NEW_PERSON]))
        places = ["--api-port", str(self._api), "--app-port", str(self._app)]
        command = [sys.executable, "-m", "fake_bankid", str(self._folder), str(persons), *places]
        supervisor.start("bankid stand-in", command, environment)


def _names(name: str) -> tuple[str, str]:
    first, _space, last = name.partition(" ")
    return first, last


def _two_free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        for listener in (one, other):
            listener.bind((ports.HOST, 0))
        return one.getsockname()[1], other.getsockname()[1]
