"""How somebody who is logged in shows anew who she is, and for how long that holds (help page R06)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kursvis.access.rules import CONFIRMED_FOR, SIGNATURES, Action
from kursvis.core.reasons import Reason


class ConfirmWay(StrEnum):
    """With what she showed it."""

    PASSWORD = "password"
    BANKID = "bankid"
    TEST_ID = "test_id"
    DIRECTORY = "directory"


ELECTRONIC_IDS = frozenset({ConfirmWay.BANKID, ConfirmWay.TEST_ID})
"""Ways that vouch for her personnummer; the test e-ID exists in a demo only."""
ADDRESSES: dict[Action, str] = {
    Action.LOCK_GRADES: "lasa-betyg",
    Action.SIGN_CATALOGUE: "skriva-under",
    Action.CHANGE_ACCOUNTS: "andra-konton",
    Action.PROTECT_STUDENTS: "skydda-uppgifter",
}
"""What each kind of step is called in the address of the page that confirms it."""
BY_ADDRESS = {address: action for action, address in ADDRESSES.items()}


@dataclass(frozen=True)
class Confirmation:
    """One confirmation as a session keeps it: whose, in the session with which key, and when, in real time."""

    user_id: int
    session: str
    at: datetime


def may_confirm(action: Action, way: ConfirmWay) -> bool:
    """Say whether the way is enough for the step: an electronic signature needs an electronic ID (R06)."""
    return action not in SIGNATURES or way in ELECTRONIC_IDS


def against_having(way: ConfirmWay, *, has: Collection[ConfirmWay]) -> list[Reason]:
    """Return why she does not confirm in a way that she does not have, or that this installation does not have."""
    return [] if way in has else [Reason("accounts.no_such_way_to_confirm")]


def against_way(action: Action, way: ConfirmWay) -> list[Reason]:
    """Return why a way does not confirm a step."""
    return [] if may_confirm(action, way) else [Reason("accounts.signature_needs_electronic_id")]


def holds(kept: Confirmation, *, user_id: int | None, session: str, now: datetime) -> bool:
    """Say whether a confirmation still holds: hers, in this very session, and for five minutes. `now` is real time."""
    is_hers = kept.user_id == user_id and bool(session) and kept.session == session
    return is_hers and kept.at <= now < kept.at + CONFIRMED_FOR


def in_force(
    kept: Mapping[Action, Confirmation], *, user_id: int | None, session: str, now: datetime
) -> frozenset[Action]:
    """Return the kinds of steps that are confirmed: each for itself."""
    return frozenset(a for a, one in kept.items() if holds(one, user_id=user_id, session=session, now=now))
