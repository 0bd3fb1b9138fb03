"""One-time links: an invitation to a new account, and a new password (help page R01, R08)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.organisation.rules.settings import Setting, Values


class LinkKind(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"


@dataclass(frozen=True)
class LinkFacts:
    """What the rules need to know about a link."""

    kind: LinkKind
    expires_at: datetime
    ended: bool


def lifetime(kind: LinkKind, values: Values) -> timedelta:
    """Return how long a link is good for, as the municipality has decided."""
    if kind is LinkKind.INVITATION:
        return timedelta(days=values[Setting.INVITATION_DAYS])
    return timedelta(minutes=values[Setting.RESET_MINUTES])


def against_link(facts: LinkFacts | None, *, now: datetime) -> list[Reason]:
    """Return why a link is no good: unknown, used already, or too old. `now` is real time."""
    if facts is None or facts.ended:
        return [Reason("accounts.link_is_used")]
    return [Reason("accounts.link_is_too_old")] if now > facts.expires_at else []


def against_ended(*, is_active: bool) -> list[Reason]:
    """Return the refusal of a link to an account that has ended."""
    return [] if is_active else [Reason("accounts.account_has_ended")]


def against_no_password(kind: LinkKind, *, password: str | None, has_another_way: bool) -> list[Reason]:
    """Return why a link needs a password to be chosen: only who is invited, and has an electronic ID, needs none."""
    if password or (kind is LinkKind.INVITATION and has_another_way):
        return []
    return [Reason("accounts.password_missing")]
