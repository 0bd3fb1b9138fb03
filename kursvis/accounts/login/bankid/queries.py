"""The order that a browser waits for, and how the waiting page shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kursvis.accounts.login.bankid import rules
from kursvis.accounts.login.bankid.rules import Message, OrderStatus, Purpose, Way
from kursvis.accounts.models import BankIdOrder, User


def order_of(session: Any) -> BankIdOrder | None:
    """Return the order that this browser began, if it still is there."""
    key = session.get("bankid")
    return BankIdOrder.objects.filter(uuid=key).first() if key else None


@dataclass(frozen=True)
class Shown:
    """What the waiting page shows of an order."""

    status: OrderStatus
    message: Message
    has_qr: bool
    start_address: str
    purpose: Purpose
    text: str


def shown(order: BankIdOrder, *, user_agent: str, app: str) -> Shown:
    """Return how an order is shown in a browser."""
    on_phone = rules.is_phone(user_agent)
    way, status = Way(order.way), OrderStatus(order.status)
    message = (
        rules.message_for_error(order.hint)
        if order.is_error
        else rules.message_for(status, order.hint, way=way, on_phone=on_phone, signs=order.purpose != Purpose.LOGIN)
    )
    opens_here = way is Way.SAME_DEVICE and status is OrderStatus.PENDING
    return Shown(
        status,
        message,
        rules.shows_qr(status, order.hint, way),
        rules.start_address(order.auto_start_token, on_phone=on_phone, app=app) if opens_here else "",
        Purpose(order.purpose),
        order.text,
    )


def qr_text(order: BankIdOrder, *, now: datetime) -> str:
    """Return what the QR code of an order says this second. `now` is real time."""
    return rules.qr_text(token=order.qr_start_token, secret=order.qr_start_secret, started_at=order.started_at, now=now)


def number_of(user_name: str) -> str:
    """Return the personnummer of the account with a user name; nothing where there is no such account or number."""
    found = User.objects.filter(user_name=user_name.strip().lower()).values_list("personnummer", flat=True).first()
    return found or ""
