"""The orders of the stand-in: who is asked, how far it has come, and when it is too late."""

import base64
import hashlib
import hmac
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

UNOPENED_SECONDS = 30
ORDER_SECONDS = 180
COLLECTABLE_SECONDS = 180
FAILED_SECONDS = 300
QR_SECONDS = 5
"""How old a QR code may be when it is read."""


class ApiError(Exception):
    """An answer that is no order: HTTP status and error code."""

    def __init__(self, status: int, code: str, details: str) -> None:
        super().__init__(f"{status} {code}: {details}")
        self.status, self.code, self.details = status, code, details


@dataclass(frozen=True)
class Person:
    """Somebody whom the stand-in can be."""

    personnummer: str
    given_name: str
    surname: str


@dataclass
class Order:
    """One identification or signature."""

    kind: str
    text: str
    ip: str
    requirement: dict[str, Any]
    return_url: str
    started_at: float
    hidden: str = ""
    ref: str = field(default_factory=lambda: str(uuid.uuid4()))
    auto_start_token: str = field(default_factory=lambda: str(uuid.uuid4()))
    qr_start_token: str = field(default_factory=lambda: str(uuid.uuid4()))
    qr_start_secret: str = field(default_factory=lambda: str(uuid.uuid4()))
    opened_at: float | None = None
    state: str = "pending"
    hint: str = "outstandingTransaction"
    ended_at: float | None = None
    person: Person | None = None


class Orders:
    """All orders. `clock` gives seconds; a test moves it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._orders: dict[str, Order] = {}

    def start(self, kind: str, body: dict[str, Any], text: str) -> Order:
        """Begin an order. Two for one person at once end both."""
        requirement = body.get("requirement", {})
        number = requirement.get("personalNumber")
        rival = next((o for o in self.open() if number and o.requirement.get("personalNumber") == number), None)
        if rival is not None:
            self._fail(rival, "cancelled")
            raise ApiError(400, "alreadyInProgress", "Order already in progress for pno")
        hidden = body.get("userNonVisibleData", "")
        order = Order(kind, text, body["endUserIp"], requirement, body.get("returnUrl", ""), self._clock(), hidden)
        self._orders[order.ref] = order
        return order

    def collect(self, ref: str) -> Order:
        """Return an order as it stands now. A complete one is given out once, and an ended one not for long."""
        order = self._known(ref)
        self._let_time_pass(order)
        if order.ended_at is not None:
            kept = COLLECTABLE_SECONDS if order.state == "complete" else FAILED_SECONDS
            if self._clock() - order.ended_at > kept:
                del self._orders[ref]
                raise ApiError(400, "invalidParameters", "No such order")
        if order.state == "complete":
            del self._orders[ref]
        return order

    def cancel(self, ref: str) -> None:
        """End an order from the relying party's side."""
        order = self._known(ref)
        self._let_time_pass(order)
        if order.state != "pending":
            raise ApiError(400, "invalidParameters", "No such order")
        del self._orders[ref]

    def open(self) -> list[Order]:
        """Return the orders that wait, newest first."""
        for order in list(self._orders.values()):
            self._let_time_pass(order)
        return sorted((o for o in self._orders.values() if o.state == "pending"), key=lambda o: -o.started_at)

    def by_qr(self, text: str) -> Order:
        """Open the order whose QR code was read: the token, the second and the code must agree, and be fresh."""
        word, token, seconds, code = (text.split(".") + [""] * 4)[:4]
        order = next((o for o in self.open() if o.qr_start_token == token), None)
        if word != "bankid" or order is None or not seconds.isdigit():
            raise ApiError(400, "invalidParameters", "Not a QR code of an open order")
        right = hmac.new(order.qr_start_secret.encode(), seconds.encode(), hashlib.sha256).hexdigest()
        age = (self._clock() - order.started_at) - int(seconds)
        if not hmac.compare_digest(right, code) or abs(age) > QR_SECONDS:
            raise ApiError(400, "invalidParameters", "The QR code is wrong or too old")
        return self._opened(order)

    def by_token(self, token: str) -> Order:
        """Open the order that a link on the same device names."""
        order = next((o for o in self.open() if o.auto_start_token == token), None)
        if order is None:
            raise ApiError(400, "invalidParameters", "No open order has this token")
        return self._opened(order)

    def by_ref(self, ref: str) -> Order:
        """Open an order as if its QR code had been read off the screen just now."""
        order = self._known(ref)
        self._let_time_pass(order)
        if order.state != "pending":
            raise ApiError(400, "invalidParameters", "The order has ended")
        return self._opened(order)

    def hint(self, order: Order, hint: str) -> None:
        """Let the app show a stage: started, userSign, userMrtd …"""
        order.hint = hint

    def approve(self, order: Order, person: Person) -> None:
        """The person writes her code. Another than the one asked for is refused, as the app does."""
        wanted = order.requirement.get("personalNumber")
        if wanted and wanted != person.personnummer:
            self._fail(order, "certificateErr")
            return
        order.person, order.state, order.ended_at = person, "complete", self._clock()

    def refuse(self, order: Order, hint: str = "userCancel") -> None:
        """The person, or the app, says no."""
        self._fail(order, hint)

    def _known(self, ref: str) -> Order:
        try:
            return self._orders[ref]
        except KeyError:
            raise ApiError(400, "invalidParameters", "No such order") from None

    def _opened(self, order: Order) -> Order:
        if order.opened_at is None:
            order.opened_at, order.hint = self._clock(), "started"
        return order

    def _fail(self, order: Order, hint: str) -> None:
        order.state, order.hint, order.ended_at = "failed", hint, self._clock()

    def _let_time_pass(self, order: Order) -> None:
        if order.state != "pending":
            return
        age = self._clock() - order.started_at
        if order.opened_at is None and age > UNOPENED_SECONDS:
            self._fail(order, "startFailed")
        elif age > ORDER_SECONDS:
            self._fail(order, "expiredTransaction")


def device_id() -> str:
    """Return what the API calls `uhi`."""
    return secrets.token_urlsafe(21)


def opaque(order: Order) -> str:
    """Return base64 that stands where the real API has an OCSP response. It proves nothing."""
    return base64.b64encode(f"lats:{order.kind}:{order.ref}".encode()).decode()


def signature(order: Order) -> str:
    """Return base64 of XML in the manner of the real API: what was seen and what was not, but nobody's signature."""
    signed = "Signing" if order.kind == "sign" else "Identification"
    seen = base64.b64encode(order.text.encode()).decode()
    number = order.person.personnummer if order.person else ""
    xml = (
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><Object>'
        '<bankIdSignedData xmlns="http://www.bankid.com/signature/v1.0.0/types">'
        f'<usrVisibleData charset="UTF-8" visible="wysiwys">{seen}</usrVisibleData>'
        f"<usrNonVisibleData>{order.hidden}</usrNonVisibleData>"
        f"<clientInfo><funcId>{signed}</funcId></clientInfo></bankIdSignedData></Object>"
        f"<KeyInfo><X509SubjectName>serialNumber={number}, CN=L\u00e5tsas</X509SubjectName></KeyInfo></Signature>"
    )
    return base64.b64encode(xml.encode()).decode()
