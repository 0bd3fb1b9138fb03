"""What has happened with a colleague's account, and who did it (help page R01)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.models import User
from kursvis.accounts.queries.colleague import has_worked_elsewhere
from kursvis.accounts.queries.staff import colleagues, get_colleague, holds_here
from kursvis.audit import queries as audit
from kursvis.audit.models import Event
from kursvis.core.wording import label, labels
from kursvis.organisation.queries import schools_where

MOST_SHOWN = 200
_NOT_SHOWN = ("user.logged_in", "user.logged_out", "user.extended_session")
"""When a colleague works is not what this page is for; the latest login stands on her account."""
_OF_THE_ACCOUNT = ("user.locked", "user.unlocked", "user.invited", "user.reset_sent", "user.warned_of_lock")
"""What everybody who runs a unit where she works needs to know, also when somebody at another unit did it."""


@dataclass(frozen=True)
class AccountEvent:
    """One thing that happened with an account."""

    at: datetime
    text: str
    detail: str
    who: str


@dataclass(frozen=True)
class History:
    """Whose account it is, and what has happened with it, the newest first."""

    person: User
    events: list[AccountEvent]


def history(actor: Actor, uuid: UUID, *, today: date) -> History:
    """Return what has happened with a colleague's account, or raise Http404.

    Who runs every unit that she has worked at sees all of it; a second school the roles at its own units, and locks
    and links.
    """
    person = get_colleague(actor, uuid, today=today)
    events = audit.about(person).exclude(verb__in=_NOT_SHOWN).order_by("-id")
    if has_worked_elsewhere(person, actor):
        schools = list(actor.schools(Permission.EDIT_STAFF))
        here = Q(detail__school_id__in=schools) | Q(authority_id__in=actor.authorities(Permission.EDIT_STAFF))
        of_account = _OF_THE_ACCOUNT if holds_here(person, actor, today=today) else ()
        events = events.filter(Q(verb__in=of_account) | here & Q(detail__has_key="school_id"))
    found = list(events[:MOST_SHOWN])
    units = {school.pk: school.name for school in schools_where(actor, Permission.EDIT_STAFF)}
    known = _known(found, actor)
    return History(person, [_event(event, units, known) for event in found])


def _known(events: list[Event], actor: Actor) -> set[int]:
    """Return which of those who did something the actor may be told by name: her own staff, and who answered a role."""
    did = {event.actor_id for event in events if event.actor_id}
    answered = {event.actor_id for event in events if event.actor_id and "school_id" in event.detail}
    return answered | {actor.user_id or 0} | set(colleagues(actor).filter(pk__in=did).values_list("pk", flat=True))


def _event(event: Event, units: dict[int, str], known: set[int]) -> AccountEvent:
    text = labels()["event"].get(event.verb)
    is_told = event.actor_id is None or event.actor_id in known
    return AccountEvent(
        at=event.at,
        text=str(text.text) if text else event.verb,
        detail=_detail(event, units),
        who=event.actor_name if is_told else _("någon utanför dina enheter"),
    )


def _detail(event: Event, units: dict[int, str]) -> str:
    said, parts = event.detail, []
    if said.get("role"):
        unit = units.get(said.get("school_id") or 0, "")
        parts.append(" · ".join(filter(None, [str(label("role", said["role"]).text), unit])))
        parts.append(f"{said.get('starts_on')} – {said.get('ends_on') or _('tills vidare')}")
    if said.get("why"):
        parts.append(str(said["why"]))
    if event.verb == "user.locked" and said.get("reason"):
        parts.append(str(label("lock_reason", said["reason"]).text))
    parts += [str(label("user_field", name).text) for name in said.get("changed", [])]
    return ", ".join(parts)
