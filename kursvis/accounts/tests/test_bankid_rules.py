"""What an order's answers mean, and what its QR code says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.accounts.login.bankid import rules
from kursvis.accounts.login.bankid.rules import Answer, Hint, Message, OrderStatus, Vouched, Way
from kursvis.accounts.login.bankid.texts import ENGLISH, SWEDISH

BEGAN = datetime(2026, 11, 23, 12, tzinfo=UTC)
M, S = Message, OrderStatus


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (0, "dc69358e712458a66a7525beef148ae8526b1c71610eff2c16cdffb4cdac9bf8"),
        (1, "949d559bf23403952a94d103e67743126381eda00f0b3cbddbf7c96b1adcbce2"),
        (2, "a9e5ec59cb4eee4ef4117150abc58fad7a85439a6a96ccbecc3668b41795b3f3"),
    ],
)
def test_the_qr_code_is_bankids_own_for_each_second(second: int, code: str) -> None:
    text = rules.qr_text(
        token="67df3917-fa0d-44e5-b327-edcc928297f8",
        secret="d28db9a7-4cde-429e-a983-359be676944c",
        started_at=BEGAN,
        now=BEGAN + timedelta(seconds=second, milliseconds=900),
    )
    assert text == f"bankid.67df3917-fa0d-44e5-b327-edcc928297f8.{second}.{code}"


QR, HERE = Way.QR, Way.SAME_DEVICE


@pytest.mark.parametrize(
    ("status", "hint", "way", "on_phone", "message"),
    [
        (S.PENDING, Hint.OUTSTANDING, QR, False, M.RFA1),
        (S.PENDING, Hint.OUTSTANDING, HERE, False, M.RFA13),
        (S.PENDING, Hint.NO_CLIENT, HERE, False, M.RFA1),
        (S.PENDING, Hint.STARTED, HERE, False, M.RFA15A),
        (S.PENDING, Hint.STARTED, HERE, True, M.RFA15B),
        (S.PENDING, Hint.STARTED, QR, False, M.RFA15B),
        (S.PENDING, Hint.USER_MRTD, QR, False, M.RFA23),
        (S.PENDING, Hint.USER_CALL_CONFIRM, QR, False, M.RFA21),
        (S.PENDING, Hint.USER_SIGN, QR, False, M.RFA9_LOGIN),
        (S.PENDING, "somethingNew", QR, False, M.RFA21),
        (S.FAILED, Hint.EXPIRED, QR, False, M.RFA8),
        (S.FAILED, Hint.CERTIFICATE_ERROR, QR, False, M.RFA16),
        (S.FAILED, Hint.USER_CANCEL, QR, False, M.RFA6),
        (S.FAILED, Hint.CANCELLED, QR, False, M.RFA3),
        (S.FAILED, Hint.START_FAILED, QR, False, M.RFA17B),
        (S.FAILED, Hint.START_FAILED, HERE, False, M.RFA17A),
        (S.FAILED, Hint.USER_DECLINED_CALL, QR, False, M.RFA22),
        (S.FAILED, Hint.NOT_SUPPORTED, QR, False, M.RFA22),
        (S.FAILED, Hint.RISK_BLOCKED, QR, False, M.RFA22),
        (S.FAILED, "somethingNew", QR, False, M.RFA22),
    ],
)
def test_every_hint_has_its_message(status: OrderStatus, hint: str, way: Way, on_phone: bool, message: Message) -> None:
    assert rules.message_for(status, hint, way=way, on_phone=on_phone, signs=False) is message


def test_every_message_is_worded_in_both_languages() -> None:
    assert set(SWEDISH) == set(ENGLISH) == set(Message)
    assert all(SWEDISH[message] != ENGLISH[message] for message in Message)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("alreadyInProgress", M.RFA4), ("requestTimeout", M.RFA5), ("maintenance", M.RFA5), ("internalError", M.RFA5),
        ("tooManyRequests", M.RFA5), ("methodNotAllowed", M.RFA5), ("invalidParameters", M.RFA22),
        ("unauthorized", M.RFA22), ("unreachable", M.RFA22), ("whatever", M.RFA22),
    ],
)  # fmt: skip
def test_every_error_has_its_message(code: str, message: Message) -> None:
    assert rules.message_for_error(code) is message


@given(st.integers(0, 600), st.sampled_from(Way), st.sampled_from([*Hint, "new"]), st.sampled_from(OrderStatus))
def test_only_an_unopened_order_with_a_code_is_begun_anew_and_only_for_three_minutes(
    seconds: int, way: Way, hint: str, status: OrderStatus
) -> None:
    again = rules.is_restarted(
        Answer(status, hint=hint), way=way, first_started_at=BEGAN, now=BEGAN + timedelta(seconds=seconds)
    )
    assert again == (status is S.FAILED and hint == Hint.START_FAILED and way is QR and seconds < 180)


@given(st.integers(0, 5000))
def test_bankid_is_asked_every_two_seconds_at_most(milliseconds: int) -> None:
    assert rules.may_ask(asked_at=BEGAN, now=BEGAN + timedelta(milliseconds=milliseconds)) is (milliseconds >= 2000)


@given(st.sampled_from(Way), st.sampled_from(["", "1", "2"]), st.sampled_from(["1", "2"]), st.booleans(), st.booleans())
def test_a_complete_order_lets_in_only_the_named_person_on_the_device_that_asked(
    way: Way, expected: str, number: str, has_returned: bool, same_address: bool
) -> None:
    order = Vouched(way, expected, number, "10.0.0.1", "10.0.0.1" if same_address else "10.0.0.2", has_returned)
    right_person = expected in ("", number)
    right_device = way is QR or has_returned or same_address
    assert (rules.against_using(order) == []) is (right_person and right_device)
