"""Colleagues' accounts: where each stands, who may manage it, and whether she can log in (help page R01, R03)."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.rules.locks import Limit
from kursvis.core.reasons import Reason

LOOKUPS_OF_A_PERSON = Limit(30, timedelta(hours=1))
"""How many different personnummer one person may type for colleagues: the answer tells whether each has an account.

A school that takes in its staff for the autumn keeps below it; who tries numbers one after another does not.
"""


class StaffState(StrEnum):
    """Where an account stands, as the units of the one who looks see it."""

    ACTIVE = "active"
    INVITED = "invited"
    WAITING = "waiting"
    LOCKED = "locked"
    CANNOT_LOG_IN = "cannot_log_in"
    ENDED = "ended"


def against_another_name(typed: tuple[str, str], stored: tuple[str, str]) -> list[Reason]:
    """Return the refusal of a personnummer that already has an account in another name: one of them is mistyped."""
    return [] if _plain(typed) == _plain(stored) else [Reason("accounts.name_is_not_the_accounts")]


def _plain(names: tuple[str, str]) -> tuple[str, ...]:
    return tuple(" ".join(name.split()).casefold() for name in names)


def against_more_lookups(tries: int) -> list[Reason]:
    """Return the refusal of one personnummer more than somebody may type within the time. `tries`: with this one."""
    return [Reason("accounts.too_many_personnummer")] if tries > LOOKUPS_OF_A_PERSON.most else []


def against_no_roles(number: int) -> list[Reason]:
    """Return the refusal of a colleague without any role."""
    return [] if number else [Reason("accounts.choose_a_role")]


def against_managing(
    actor: Actor, units: Collection[tuple[int, int | None]], *, user_id: int, has_municipal_role: bool
) -> list[Reason]:
    """Return why the actor may not lock, unlock or invite somebody: only who runs a unit where she works may.

    `units` are the (authority, school) of the roles that count today or later: to have asked for a role gives a
    school no power over an account. Who has a municipal role is managed by the municipality.
    """
    if user_id == actor.user_id:
        return [Reason("accounts.not_ones_own_account")]
    authorities, schools = actor.authorities(Permission.EDIT_STAFF), actor.schools(Permission.EDIT_STAFF)
    if any(authority_id in authorities for authority_id, _school_id in units):
        return []
    if has_municipal_role or not any(school_id in schools for _authority_id, school_id in units):
        return [Reason("accounts.not_your_colleague")]
    return []


def against_inviting(*, email: str, has_password: bool, has_user_name: bool) -> list[Reason]:
    """Return why an invitation may not be sent: nowhere to send it, or she has a way in of her own already."""
    if not has_user_name:
        return [Reason("accounts.own_electronic_id_account")]
    if has_password:
        return [Reason("accounts.has_password_already")]
    return [] if email else [Reason("accounts.email_missing")]


def against_sending_reset(*, email: str, has_password: bool) -> list[Reason]:
    """Return why a link for a new password may not be sent: she has none yet, or there is nowhere to send it."""
    if not has_password:
        return [Reason("accounts.has_no_password")]
    return [] if email else [Reason("accounts.email_missing")]


def against_new_personnummer(actor: Actor, *, has_logged_in: bool, authorities: Collection[int]) -> list[Reason]:
    """Return why a personnummer may not be changed: it is a key to the account once somebody has used it.

    Before that whoever may edit the person corrects it; afterwards only the municipality.
    """
    own = actor.authorities(Permission.EDIT_STAFF)
    if has_logged_in and not set(authorities) <= own:
        return [Reason("accounts.personnummer_is_in_use")]
    return []


def why_not_in(
    *, has_personnummer: bool, has_user_name: bool, has_password: bool, has_email: bool, has_open_link: bool
) -> list[Reason]:
    """Return why somebody cannot log in: neither an electronic ID nor a password leads to the account (R03).

    Who waits for an invitation that still is good is only invited.
    """
    if has_personnummer or (has_user_name and has_password) or has_open_link:
        return []
    reasons = [Reason("accounts.without_personnummer")]
    return reasons + ([Reason("accounts.has_no_password")] if has_email else [Reason("accounts.email_missing")])
