"""The five calls of BankID's RP API v6, with our certificate and BankID's own authority (mutual TLS)."""

import base64
import ssl
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpx
from django.conf import settings

from kursvis.accounts.login.bankid.rules import Answer, OrderStatus

_TRIES = 3
"""A look at an order that failed on the way is tried again this often."""
_SECONDS = 10


class BankIdError(Exception):
    """The API said no, or could not be reached. `code` is its error code, or "unreachable"."""

    def __init__(self, code: str, status: int = 0) -> None:
        super().__init__(f"{status} {code}")
        self.code = code
        self.status = status


@dataclass(frozen=True)
class Started:
    """A new order: its name, and the secrets that open it."""

    order_ref: str
    auto_start_token: str
    qr_start_token: str
    qr_start_secret: str


class Client:
    """Talks to one address of the API. `address` ends with the version: https://…/rp/v6.0"""

    def __init__(self, *, address: str, authority: str, certificate: str, key: str) -> None:
        context = ssl.create_default_context(cafile=authority)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(certificate, key)
        self._http = httpx.Client(base_url=address.rstrip("/") + "/", verify=context, timeout=_SECONDS, trust_env=False)

    def auth(self, *, ip: str, personnummer: str = "", return_url: str = "") -> Started:
        """Begin an identification; only the person with the number may complete it, where one is given.

        Raises `BankIdError`.
        """
        return self._start("auth", ip, personnummer, return_url)

    def sign(self, *, ip: str, text: str, hidden: bytes = b"", personnummer: str = "", return_url: str = "") -> Started:
        """Begin a signature of a visible text, and of bytes that are not shown. Raises `BankIdError`."""
        given: dict[str, Any] = {"userVisibleData": _encoded(text.encode())}
        if hidden:
            given["userNonVisibleData"] = _encoded(hidden)
        return self._start("sign", ip, personnummer, return_url, **given)

    def collect(self, order_ref: str) -> Answer:
        """Return where an order stands. A complete order is answered once. Raises `BankIdError`."""
        found = self._post("collect", {"orderRef": order_ref}, tries=_TRIES)
        status = OrderStatus(found["status"])
        if status is not OrderStatus.COMPLETE:
            return Answer(status, hint=str(found.get("hintCode", "")))
        done = found["completionData"]
        user = done["user"]
        return Answer(
            status,
            personnummer=user["personalNumber"],
            given_name=user["givenName"],
            surname=user["surname"],
            device_ip=done["device"]["ipAddress"],
            signature=str(done.get("signature", "")),
            ocsp=str(done.get("ocspResponse", "")),
        )

    def cancel(self, order_ref: str) -> None:
        """End an order. Raises `BankIdError`, also for one that has ended already."""
        self._post("cancel", {"orderRef": order_ref})

    def _start(self, path: str, ip: str, personnummer: str, return_url: str, **given: Any) -> Started:
        body: dict[str, Any] = {"endUserIp": ip, **given}
        if personnummer:
            body["requirement"] = {"personalNumber": personnummer}
        if return_url:
            body["returnUrl"] = return_url
        found = self._post(path, body)
        return Started(found["orderRef"], found["autoStartToken"], found["qrStartToken"], found["qrStartSecret"])

    def _post(self, path: str, body: dict[str, Any], *, tries: int = 1) -> dict[str, Any]:
        """Ask; what failed on the way is asked again only where asking twice does no harm."""
        try:
            answer = self._http.post(path, json=body)
        except httpx.TransportError as failure:
            if tries > 1:
                return self._post(path, body, tries=tries - 1)
            raise BankIdError("unreachable") from failure
        if answer.status_code != httpx.codes.OK:
            raise BankIdError(_code(answer), answer.status_code)
        found: dict[str, Any] = answer.json()
        return found


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _code(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["errorCode"])
    except (ValueError, KeyError, TypeError):
        return "unknown"


@lru_cache(maxsize=1)
def connection() -> Client | None:
    """Return the client of this installation, or None where BankID is not set up (docs/operations.md)."""
    given = settings.BANKID
    return Client(**given) if given["address"] else None
