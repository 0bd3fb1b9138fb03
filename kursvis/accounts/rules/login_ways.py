"""Which ways in a municipality's staff may use (R05). Students and applicants choose themselves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kursvis.core.reasons import Reason


class LoginWay(StrEnum):
    """One way to show who one is."""

    PASSWORD = "password"
    ELECTRONIC_ID = "electronic_id"
    DIRECTORY = "directory"


Ways = frozenset[LoginWay]
EVERY: Ways = frozenset(LoginWay)
"""What counts until a municipality decides."""
_OF = {
    "password": LoginWay.PASSWORD,
    "bankid": LoginWay.ELECTRONIC_ID,
    "test_id": LoginWay.ELECTRONIC_ID,
    "directory": LoginWay.DIRECTORY,
}


def way_of(way: str) -> LoginWay:
    """Return the way that somebody came, as it stands in the log. Raises KeyError for one that nobody has named."""
    return _OF[way]


def ways_on(rows: Iterable[tuple[date, Ways]], *, day: date) -> Ways:
    """Return what counts on a day, of (first day, ways): the latest that has begun, else every way."""
    begun = sorted((row for row in rows if row[0] <= day), key=lambda row: row[0])
    return begun[-1][1] if begun else EVERY


def from_now_on(rows: Collection[tuple[date, Ways]], *, today: date) -> list[Ways]:
    """Return what counts today, and all that is to count later."""
    return [ways_on(rows, day=today), *(ways for first, ways in rows if first > today)]


@dataclass(frozen=True)
class Means:
    """What somebody can show who she is with."""

    password: bool
    electronic_id: bool
    directory: bool

    def ways(self) -> Ways:
        """Return the ways that lead her to her account, were they allowed."""
        has = {
            LoginWay.PASSWORD: self.password,
            LoginWay.ELECTRONIC_ID: self.electronic_id,
            LoginWay.DIRECTORY: self.directory,
        }
        return frozenset(way for way, is_there in has.items() if is_there)


def open_to(means: Means, allowed: Collection[Ways]) -> list[LoginWay]:
    """Return the ways in that somebody has: her means, where a municipality that she works for allows them.

    `allowed` is what each of them allows; for somebody without a role it is empty, and every way is open.
    """
    permitted = frozenset().union(*allowed) if allowed else EVERY
    return [way for way in LoginWay if way in permitted & means.ways()]


def against_entering(way: LoginWay, allowed: Collection[Ways]) -> list[Reason]:
    """Return why somebody does not come in this way: every municipality that she works for has closed it."""
    if not allowed or any(way in ways for ways in allowed):
        return []
    return [Reason("accounts.login_way_closed", {"way": ("login_way", way)})]


def against_ways(ways: Ways, administrators: Collection[Means]) -> list[Reason]:
    """Return why a municipality may not allow only these ways: there must be one, that an administrator of it has."""
    if not ways:
        return [Reason("accounts.login_way_missing")]
    if not any(ways & means.ways() for means in administrators):
        return [Reason("accounts.login_ways_lock_out")]
    return []
