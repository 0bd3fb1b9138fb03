"""The stand-in's orders live and die as BankID's do."""

import hashlib
import hmac
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_bankid import requests
from fake_bankid.orders import ApiError, Order, Orders, Person

HODAN = Person("199712022384", "Hodan", "Abdi")
LINH = Person("200203122387", "Linh", "Nguyen")


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def begin(orders: Orders, **given: Any) -> Order:
    return orders.start("auth", {"endUserIp": "127.0.0.1", **given}, "")


def qr(order: Order, second: int) -> str:
    code = hmac.new(order.qr_start_secret.encode(), str(second).encode(), hashlib.sha256).hexdigest()
    return f"bankid.{order.qr_start_token}.{second}.{code}"


def test_an_order_that_nobody_opens_fails_after_thirty_seconds() -> None:
    clock = Clock()
    orders = Orders(clock)
    order = begin(orders)
    clock.seconds += 30
    assert orders.collect(order.ref).state == "pending"
    clock.seconds += 0.1
    assert (orders.collect(order.ref).state, order.hint) == ("failed", "startFailed")


def test_an_opened_order_runs_out_after_three_minutes() -> None:
    clock = Clock()
    orders = Orders(clock)
    order = orders.by_token(begin(orders).auto_start_token)
    clock.seconds += 180
    assert orders.collect(order.ref).state == "pending"
    clock.seconds += 0.1
    assert (orders.collect(order.ref).state, order.hint) == ("failed", "expiredTransaction")


def test_a_complete_order_is_given_out_once_and_not_for_long() -> None:
    clock = Clock()
    orders = Orders(clock)
    first, second = begin(orders), begin(orders)
    orders.approve(orders.by_ref(first.ref), HODAN)
    orders.approve(orders.by_ref(second.ref), HODAN)
    assert orders.collect(first.ref).person == HODAN
    with pytest.raises(ApiError, match="invalidParameters"):
        orders.collect(first.ref)
    clock.seconds += 181
    with pytest.raises(ApiError, match="invalidParameters"):
        orders.collect(second.ref)


def test_two_orders_for_one_person_end_both() -> None:
    orders = Orders(Clock())
    wanted = {"requirement": {"personalNumber": HODAN.personnummer}}
    first = begin(orders, **wanted)
    with pytest.raises(ApiError, match="alreadyInProgress"):
        begin(orders, **wanted)
    assert (orders.collect(first.ref).state, first.hint) == ("failed", "cancelled")


def test_another_person_than_the_one_asked_for_is_refused() -> None:
    orders = Orders(Clock())
    order = begin(orders, requirement={"personalNumber": HODAN.personnummer})
    orders.approve(order, LINH)
    assert (order.state, order.hint) == ("failed", "certificateErr")


@given(second=st.integers(0, 60), age=st.integers(0, 29))
def test_a_qr_code_opens_only_while_it_is_fresh(second: int, age: int) -> None:
    clock = Clock()
    orders = Orders(clock)
    order = begin(orders)
    clock.seconds += age
    if abs(age - second) <= 5:
        assert orders.by_qr(qr(order, second)) is order
    else:
        with pytest.raises(ApiError):
            orders.by_qr(qr(order, second))


def test_a_forged_qr_code_opens_nothing() -> None:
    orders = Orders(Clock())
    order = begin(orders)
    right = qr(order, 0)
    for text in (right[:-1] + ("0" if right[-1] != "0" else "1"), right.replace("bankid", "id"), "", "a.b.c.d"):
        with pytest.raises(ApiError):
            orders.by_qr(text)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"endUserIp": "here"},
        {"endUserIp": "::1", "extra": 1},
        {"endUserIp": "::1", "web": {}, "app": {}},
        {"endUserIp": "::1", "requirement": {"personalNumber": "19971202-2384"}},
        {"endUserIp": "::1", "requirement": {"unknown": True}},
        {"endUserIp": "::1", "userVisibleData": "åäö"},
        {"endUserIp": "::1", "userVisibleData": "A" * 1504},
    ],
)
def test_a_wrong_body_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ApiError) as refused:
        requests.checked_order("auth", body)
    assert (refused.value.status, refused.value.code) == (400, "invalidParameters")


def test_a_signature_needs_a_visible_text_and_the_content_type_is_exact() -> None:
    with pytest.raises(ApiError, match="userVisibleData is missing"):
        requests.checked_order("sign", {"endUserIp": "::1"})
    assert requests.checked_order("sign", {"endUserIp": "::1", "userVisibleData": "SGVq"}) == "Hej"
    with pytest.raises(ApiError) as refused:
        requests.parsed(b"{}", "application/json; charset=utf-8")
    assert refused.value.status == 415
