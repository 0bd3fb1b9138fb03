"""An order at BankID from start to use. What only the order needs is erased with it."""

import uuid
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from kursvis.accounts.login.bankid import rules
from kursvis.accounts.login.bankid.client import BankIdError, Client, Started
from kursvis.accounts.login.bankid.rules import LOGIN, Answer, Hint, OrderStatus, Purpose, Vouched, Wanted, Way
from kursvis.accounts.models import BankIdOrder
from kursvis.core import rate_limits
from kursvis.core.reasons import Reason, Refused, refuse_if

KEPT_FOR = timedelta(minutes=10)


def start(
    *,
    client: Client,
    way: Way,
    expected: str,
    named: str = "",
    wanted: Wanted = LOGIN,
    ip: str,
    sender: str = "",
    return_url: str,
    now: datetime,
) -> BankIdOrder:
    """Begin a login, or what else is wanted. `expected` is the number of who was named; `named` what was typed.

    Each order is counted, by address (`sender`) and by account, before it is begun and whatever becomes of it. Raises
    `Refused` when there have been too many, or when BankID does not begin. `now` is real time.
    """
    _count(sender or ip, named or (f"user:{wanted.user_id}" if wanted.user_id else ""))
    return _start(client, way, expected, named, wanted, ip, return_url, now)


def _count(sender: str, name: str) -> None:
    from_address = rate_limits.hit("bankid_from", sender, within=rules.ORDERS_FROM_AN_ADDRESS.within)
    of_name = rate_limits.hit("bankid_of", name, within=rules.ORDERS_OF_A_NAME.within) if name else 0
    refuse_if(rules.against_more_orders(from_address=from_address, of_name=of_name))


def came_to_something(*, sender: str) -> None:
    """Take back the count of an address: a whole school may stand behind it. Its account's count stays."""
    rate_limits.give_back("bankid_from", sender)


@transaction.atomic
def _start(
    client: Client, way: Way, expected: str, named: str, wanted: Wanted, ip: str, return_url: str, now: datetime
) -> BankIdOrder:
    key = uuid.uuid4()
    order = BankIdOrder(
        uuid=key,
        purpose=wanted.purpose.value,
        user_id=wanted.user_id,
        action=wanted.action.value if wanted.action else "",
        text=wanted.text,
        hidden=wanted.hidden,
        way=way.value,
        expected=expected,
        names_nobody=bool(named) and not expected,
        ip=ip,
        return_url=f"{return_url}{key}/",
        first_started_at=now,
    )
    return _begin_anew(client, order, now)


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
    if order.purpose == Purpose.SIGN:
        order.signature, order.ocsp = answer.signature, answer.ocsp
    order.save()
    return order


@transaction.atomic
def returned(*, order: BankIdOrder) -> None:
    """Note that the app brought her back to the browser that began."""
    BankIdOrder.objects.filter(pk=order.pk).update(has_returned=True)


def use(*, order: BankIdOrder, purpose: Purpose = Purpose.LOGIN, user_id: int | None = None) -> BankIdOrder:
    """Use a complete order, once, for what it was begun for: it is gone afterwards, also when it is refused.

    `user_id` is who is logged in and began it, for anything else than a login. Raises `Refused`.
    """
    used = _taken(order)
    is_the_users = used.user_id == user_id
    refuse_if(rules.against_purpose(asked_for=Purpose(used.purpose), used_for=purpose, is_the_users=is_the_users))
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


def _begin(client: Client, order: BankIdOrder) -> Started:
    given: dict[str, str] = {"ip": order.ip, "personnummer": order.expected, "return_url": order.return_url}
    try:
        if order.purpose == Purpose.LOGIN:
            return client.auth(**given)
        return client.sign(text=order.text, hidden=bytes(order.hidden), **given)
    except BankIdError as failure:
        message = rules.message_for_error(failure.code)
        raise Refused(Reason("accounts.bankid_does_not_begin", {"why": ("bankid", message)})) from failure


def _begin_anew(client: Client, order: BankIdOrder, now: datetime) -> BankIdOrder:
    for name, value in _fields(_begin(client, order), now).items():
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
