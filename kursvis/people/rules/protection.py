"""Who may change how a person is protected, who may read her data and when, and which readings are unusual.

Design section 6; rules.md 7.12. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.core.spans import covers, overlap
from kursvis.people.rules import Protection

MOST_OPENINGS_A_DAY = 5
"""How often one reader opens one protected person in a day before it is unusual."""
MOST_OPENINGS_A_WEEK = 12
"""The same in seven days."""
LOOKED_BACK = timedelta(days=60)
"""How long an unusual reading waits for a review; every opening stays in the log."""
_STRENGTH = {Protection.NONE: 0, Protection.SECRECY_MARK: 1, Protection.PROTECTED_REGISTRATION: 2}


@dataclass(frozen=True)
class Naming:
    """That somebody may read a protected person's data from a day to a day; `ended_on` when it was cut short."""

    user_id: int
    starts_on: date
    ends_on: date | None
    ended_on: date | None = None


@dataclass(frozen=True)
class Opening:
    """That somebody opened a protected person's data, or a letter to her, on a day."""

    user_id: int
    on: date
    is_letter: bool = False


class Oddity(StrEnum):
    """What is unusual about somebody's readings."""

    OUTSIDE_PERIOD = "outside_period"
    OFTEN_IN_A_DAY = "often_in_a_day"
    OFTEN_IN_A_WEEK = "often_in_a_week"


@dataclass(frozen=True)
class UnusualReading:
    """Whose readings are unusual, why, and on which day it showed."""

    user_id: int
    oddity: Oddity
    on: date


def weakens(old: Protection, new: Protection) -> bool:
    """Say whether a change of protection gives less of it."""
    return _STRENGTH[new] < _STRENGTH[old]


def against_protecting(
    old: Protection, new: Protection, *, reason: str, is_own: bool, at_authority: bool
) -> list[Reason]:
    """Return every reason why a person's protection may not be changed so.

    A school may mark; only the municipality takes protection away or lessens it. Nobody decides in her own case.
    """
    reasons = []
    if is_own:
        reasons.append(Reason("people.own_protection"))
    if weakens(old, new) and not at_authority:
        reasons.append(Reason("people.municipality_unmarks"))
    if not reason.strip():
        reasons.append(Reason("people.protection_reason_missing"))
    return reasons


def against_naming(
    new: Naming,
    *,
    others: Iterable[Naming],
    why: str,
    is_protected: bool,
    student_user_id: int,
    by_user_id: int | None,
    today: date,
) -> list[Reason]:
    """Return every reason why somebody may not be named to read a protected person's data.

    Nobody names herself, nor the person herself, who sees her own data anyway. No day that has been is covered
    afterwards, and nobody is named twice for one day.
    """
    reasons = []
    if not is_protected:
        reasons.append(Reason("people.not_protected"))
    if new.user_id == student_user_id:
        reasons.append(Reason("people.reader_of_herself"))
    if new.user_id == by_user_id:
        reasons.append(Reason("people.reader_by_herself"))
    if not why.strip():
        reasons.append(Reason("people.reader_why_missing"))
    return reasons + _against_period(new, others, today)


def _against_period(new: Naming, others: Iterable[Naming], today: date) -> list[Reason]:
    if new.ends_on is not None and new.ends_on < new.starts_on:
        return [Reason("people.reader_dates")]
    if new.starts_on < today:
        return [Reason("people.reader_starts_earlier")]
    if any(other.user_id == new.user_id and other.ended_on is None and overlap(new, other) for other in others):
        return [Reason("people.reader_already_named")]
    return []


def against_ending(naming: Naming, *, today: date) -> list[Reason]:
    """Return why a reader's time may not be ended: it is over."""
    is_over = naming.ended_on is not None or (naming.ends_on is not None and naming.ends_on < today)
    return [Reason("people.reader_has_ended")] if is_over else []


def against_opening_letter(*, is_named_reader: bool, may_protect: bool, reason: str) -> list[Reason]:
    """Return every reason why a letter to a protected person may not be opened and printed.

    By a reader who is named for her or by who protects students there; both say why.
    """
    reasons = [] if is_named_reader or may_protect else [Reason("people.not_a_named_reader")]
    return reasons if reason.strip() else [*reasons, Reason("people.reason_missing")]


def against_reviewing(openings: Sequence[Opening], *, by_user_id: int | None) -> list[Reason]:
    """Return why the readings may not be marked as reviewed: some are the reviewer's own."""
    return [Reason("people.own_readings")] if any(o.user_id == by_user_id for o in openings) else []


def unusual(openings: Sequence[Opening], namings: Sequence[Naming]) -> list[UnusualReading]:
    """Return whose readings of one protected person are unusual, oldest first: too often, or outside her period."""
    found = {
        UnusualReading(opening.user_id, Oddity.OUTSIDE_PERIOD, opening.on)
        for opening in openings
        if not opening.is_letter and not _was_named(opening, namings)
    }
    times = Counter((opening.user_id, opening.on) for opening in openings)
    for (user_id, on), count in times.items():
        if count > MOST_OPENINGS_A_DAY:
            found.add(UnusualReading(user_id, Oddity.OFTEN_IN_A_DAY, on))
        week = sum(times[user_id, on - timedelta(days=back)] for back in range(7))
        if week > MOST_OPENINGS_A_WEEK:
            found.add(UnusualReading(user_id, Oddity.OFTEN_IN_A_WEEK, on))
    return sorted(found, key=lambda reading: (reading.on, reading.user_id, reading.oddity))


def _was_named(opening: Opening, namings: Sequence[Naming]) -> bool:
    return any(
        naming.user_id == opening.user_id
        and covers(naming, opening.on)
        and (naming.ended_on is None or opening.on <= naming.ended_on)
        for naming in namings
    )
