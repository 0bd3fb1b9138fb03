"""An order at BankID from start to use. What only the order needs is erased with it."""

import uuid
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from kursvis.accounts.login.bankid import rules
from kursvis.accounts.login.bankid.client import BankIdError, Client, Started
from kursvis.accounts.login.bankid.rules import Answer, Hint, OrderStatus, Vouched, Way
from kursvis.accounts.models import BankIdOrder
from kursvis.core.reasons import Reason, Refused, refuse_if

KEPT_FOR = timedelta(minutes=10)


@transaction.atomic
def start(
    *, client: Client, way: Way, expected: str, typed: bool, ip: str, return_url: str, now: datetime
) -> BankIdOrder:
    """Begin a login. `expected` is the number of whoever was named; `typed` says that somebody was named at all.

    Raises `Refused` when BankID does not begin. `now` is real time.
    """
    key = uuid.uuid4()
    begun = _begin(client, expected, ip, f"{return_url}{key}/")
    return BankIdOrder.objects.create(
        uuid=key,
        way=way.value,
        expected=expected,
        names_nobody=typed and not expected,
        ip=ip,
        return_url=f"{return_url}{key}/",
        first_started_at=now,
        **_fields(begun, now),
    )


@transaction.atomic
def look(*, client: Client, order: BankIdOrder, now: datetime) -> BankIdOrder | None:
    """Ask BankID how the order stands, at most every two seconds, and keep the answer; None when it has been used.

    An order that nobody opened is quietly begun anew for three minutes, so that the QR code goes on. Two who ask at
    once wait for each other: a complete order is answered only once.
    """
    found = BankIdOrder.objects.select_for_update().filter(pk=order.pk).first()
    if found is None:
        return None
    order = found
    if order.status != OrderStatus.PENDING or not rules.may_ask(asked_at=order.asked_at, now=now):
        return order
    order.asked_at = now
    try:
        answer = client.collect(order.order_ref)
        if rules.is_restarted(answer, way=Way(order.way), first_started_at=order.first_started_at, now=now):
            return _begin_anew(client, order, now)
    except BankIdError as failure:
        answer = Answer(OrderStatus.FAILED, hint=failure.code)
        order.is_error = True
    except Refused:
        answer = Answer(OrderStatus.FAILED, hint=Hint.EXPIRED)
    order.status, order.hint = answer.status.value, answer.hint[:60]
    order.personnummer, order.device_ip = answer.personnummer, answer.device_ip
    order.given_name, order.surname = answer.given_name[:80], answer.surname[:80]
    order.save()
    return order


@transaction.atomic
def returned(*, order: BankIdOrder) -> None:
    """Note that the app brought her back to the browser that began."""
    BankIdOrder.objects.filter(pk=order.pk).update(has_returned=True)


def use(*, order: BankIdOrder) -> BankIdOrder:
    """Use a complete order, once: it is gone afterwards, also when it lets nobody in (`Refused`)."""
    used = _taken(order)
    vouched = Vouched(Way(used.way), used.expected, used.personnummer, used.ip, used.device_ip, used.has_returned)
    refuse_if([Reason("accounts.bankid_somebody_else")] if used.names_nobody else rules.against_using(vouched))
    return used


@transaction.atomic
def _taken(order: BankIdOrder) -> BankIdOrder:
    """Take a complete order out of the table: of two who try, one gets it."""
    found = BankIdOrder.objects.select_for_update().filter(pk=order.pk, status=OrderStatus.COMPLETE.value).first()
    if found is None:
        raise Refused(Reason("accounts.bankid_is_used"))
    found.delete()
    return found


@transaction.atomic
def cancel(*, client: Client, order: BankIdOrder) -> None:
    """End an order that somebody leaves. BankID is told; that it has ended already is all the same."""
    with suppress(BankIdError):
        client.cancel(order.order_ref)
    BankIdOrder.objects.filter(pk=order.pk).delete()


@transaction.atomic
def forget_old(*, now: datetime) -> int:
    """Erase orders that nobody came back to; return how many."""
    return BankIdOrder.objects.filter(first_started_at__lt=now - KEPT_FOR).delete()[0]


def _begin(client: Client, expected: str, ip: str, return_url: str) -> Started:
    try:
        return client.auth(ip=ip, personnummer=expected, return_url=return_url)
    except BankIdError as failure:
        message = rules.message_for_error(failure.code)
        raise Refused(Reason("accounts.bankid_does_not_begin", {"why": ("bankid", message)})) from failure


def _begin_anew(client: Client, order: BankIdOrder, now: datetime) -> BankIdOrder:
    for name, value in _fields(_begin(client, order.expected, order.ip, order.return_url), now).items():
        setattr(order, name, value)
    order.save()
    return order


def _fields(begun: Started, now: datetime) -> dict[str, object]:
    return {
        "order_ref": begun.order_ref,
        "auto_start_token": begun.auto_start_token,
        "qr_start_token": begun.qr_start_token,
        "qr_start_secret": begun.qr_start_secret,
        "started_at": now,
        "asked_at": now,
        "status": OrderStatus.PENDING.value,
        "hint": Hint.OUTSTANDING.value,
    }
