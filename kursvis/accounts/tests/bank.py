"""The stand-in for BankID, for tests that press its buttons themselves."""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.test import Client as Browser
from django.urls import reverse

from fake_bankid import certificates, server
from fake_bankid.orders import Order, Person
from kursvis.accounts.login.bankid import client as bankid
from kursvis.accounts.models import BankIdOrder
from kursvis.core import time

HODAN = Person("199712022384", "Hodan", "Abdi")
LINH = Person("200203122387", "Linh", "Nguyen")
NILS = Person("199806232394", "Nils", "Norén")


class Clock:
    """Seconds that a test moves, for the stand-in."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Fake:
    """The stand-in, and the addresses of both its sides."""

    def __init__(self, folder: Path) -> None:
        certificates.make(folder)
        self.clock = Clock()
        self.bank = server.Bank([HODAN, LINH, NILS], self.clock)
        self.api, self.app, self.stop = server.start(self.bank, folder)
        self.given = {
            "address": f"https://127.0.0.1:{self.api}/rp/v6.0",
            "authority": str(folder / "ca.pem"),
            "certificate": str(folder / "client.pem"),
            "key": str(folder / "client.pem"),
        }

    def newest(self) -> Order:
        return self.bank.orders.open()[0]

    def approves(self, person: Person) -> None:
        self.bank.orders.approve(self.bank.orders.by_ref(self.newest().ref), person)


@contextmanager
def in_use(running: Fake, settings: Any) -> Iterator[None]:
    """Let Kursvis ask the stand-in, which begins without orders."""
    running.bank.orders = type(running.bank.orders)(running.clock)
    settings.BANKID, settings.BANKID_APP = running.given, f"http://127.0.0.1:{running.app}/"
    bankid.connection.cache_clear()
    try:
        yield
    finally:
        bankid.connection.cache_clear()


def state(browser: Browser) -> dict[str, Any]:
    """Let the browser's page ask how its order stands, two seconds after it last did."""
    BankIdOrder.objects.update(asked_at=time.real_now() - timedelta(seconds=3))
    found: dict[str, Any] = browser.get(reverse("accounts:bankid_state")).json()
    return found


def signed_data(signature: str) -> tuple[str, bytes]:
    """Return what a signature of the stand-in says was signed: the text that was seen, and the bytes that were not."""
    xml = base64.b64decode(signature).decode()
    seen, hidden = (re.search(rf"<{name}[^>]*>([^<]*)<", xml) for name in ("usrVisibleData", "usrNonVisibleData"))
    assert seen and hidden
    return base64.b64decode(seen[1]).decode(), base64.b64decode(hidden[1])
