"""A confirmation holds for her, in its session, for its kind of step and for five minutes: nowhere else, no longer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.rules import CONFIRMED_FOR, SIGNATURES, Action, against_unconfirmed
from kursvis.accounts.confirm.rules import ADDRESSES, ELECTRONIC_IDS, Confirmation, ConfirmWay, in_force, may_confirm
from kursvis.accounts.login.bankid.rules import (
    ORDERS_FROM_AN_ADDRESS,
    ORDERS_OF_A_NAME,
    Purpose,
    against_more_orders,
    against_purpose,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ACTIONS, SESSIONS, USERS = st.sampled_from(list(Action)), st.sampled_from(["a", "b"]), st.sampled_from([1, 2])
AGES = st.integers(-400, 400).map(lambda seconds: timedelta(seconds=seconds))


@given(st.dictionaries(ACTIONS, st.tuples(USERS, SESSIONS, AGES)), ACTIONS, USERS, SESSIONS)
def test_a_step_is_confirmed_only_by_her_own_confirmation_of_it_here_and_now(
    kept: dict[Action, tuple[int, str, timedelta]], wanted: Action, user: int, session: str
) -> None:
    rows = {a: Confirmation(who, where, NOW - age) for a, (who, where, age) in kept.items()}
    confirmed = in_force(rows, user_id=user, session=session, now=NOW)
    who, where, age = kept.get(wanted, (0, "", timedelta()))
    right = (who, where) == (user, session) and timedelta() <= age < timedelta(minutes=5)
    assert (wanted in confirmed) == right
    assert [r.code for r in against_unconfirmed(confirmed, wanted)] == ([] if right else ["access.not_confirmed"])


def test_it_ends_on_the_second() -> None:
    kept = {Action.LOCK_GRADES: Confirmation(1, "a", NOW)}
    ages = (CONFIRMED_FOR - timedelta(seconds=1), CONFIRMED_FOR)
    assert [bool(in_force(kept, user_id=1, session="a", now=NOW + age)) for age in ages] == [True, False]


def test_a_session_without_a_key_keeps_nothing() -> None:
    kept = {Action.LOCK_GRADES: Confirmation(1, "", NOW)}
    assert in_force(kept, user_id=1, session="", now=NOW) == frozenset()


@given(ACTIONS, st.sampled_from(list(ConfirmWay)))
def test_a_signature_wants_an_electronic_id_and_nothing_else_does(action: Action, way: ConfirmWay) -> None:
    assert may_confirm(action, way) == (action not in SIGNATURES or way in ELECTRONIC_IDS)


def test_every_kind_of_step_has_an_address_of_its_own() -> None:
    assert set(ADDRESSES) == set(Action) and len(set(ADDRESSES.values())) == len(Action)


@given(st.sampled_from(list(Purpose)), st.sampled_from(list(Purpose)), st.booleans())
def test_an_order_is_used_for_what_it_was_begun_for_by_who_began_it(
    begun: Purpose, used: Purpose, is_hers: bool
) -> None:
    assert (against_purpose(asked_for=begun, used_for=used, is_the_users=is_hers) == []) == (begun is used and is_hers)


@pytest.mark.parametrize(
    ("from_address", "of_name", "codes"),
    [
        (ORDERS_FROM_AN_ADDRESS.most, ORDERS_OF_A_NAME.most, []),
        (ORDERS_FROM_AN_ADDRESS.most + 1, 1, ["accounts.bankid_too_many_from_here"]),
        (1, ORDERS_OF_A_NAME.most + 1, ["accounts.bankid_too_many_of_one"]),
    ],
)
def test_orders_are_limited_by_address_and_by_account(from_address: int, of_name: int, codes: list[str]) -> None:
    assert [r.code for r in against_more_orders(from_address=from_address, of_name=of_name)] == codes
