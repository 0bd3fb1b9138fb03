"""The stand-in for BankID beside the browser's server: bank and app."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fake_bankid import certificates, server
from fake_bankid.orders import Person
from kursvis.accounts.login.bankid import client as bankid


@contextmanager
def bank_with(persons: list[Person], folder: Path, settings: Any, address: str) -> Iterator[str]:
    """Run the stand-in for these persons, and give the address of the page that plays the app."""
    certificates.make(folder)
    api, port, stop = server.start(server.Bank(persons), folder)
    certificate = str(folder / "client.pem")
    settings.BANKID = {
        "address": f"https://127.0.0.1:{api}/rp/v6.0",
        "authority": str(folder / "ca.pem"),
        "certificate": certificate,
        "key": certificate,
    }
    settings.BANKID_APP, settings.ADDRESS = f"http://127.0.0.1:{port}/", address
    bankid.connection.cache_clear()
    try:
        yield settings.BANKID_APP
    finally:
        stop()
        bankid.connection.cache_clear()
