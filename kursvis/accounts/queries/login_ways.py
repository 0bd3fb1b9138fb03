"""Which ways in a municipality allows its staff, and which of them somebody has."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission, Role
from kursvis.accounts.models import AllowedWays, Assignment, DirectoryName, User
from kursvis.accounts.queries.ways_in import has_electronic_id, has_name_in_a_directory
from kursvis.accounts.rules import AssignmentStatus
from kursvis.accounts.rules.locks import keeps_out
from kursvis.accounts.rules.login_ways import LoginWay, Means, Ways, from_now_on, open_to, ways_on
from kursvis.core.models import covering
from kursvis.organisation.models import Authority

_GRANTED = AssignmentStatus.GRANTED.value


def _rows(authority_ids: Iterable[int]) -> dict[int, list[tuple[date, Ways]]]:
    rows: dict[int, list[tuple[date, Ways]]] = defaultdict(list)
    for row in AllowedWays.objects.filter(authority_id__in=list(authority_ids)):
        rows[row.authority_id].append((row.starts_on, row.ways()))
    return rows


def allowed_for(user: User, *, today: date) -> list[Ways]:
    """Return what each authority where somebody holds a role today allows; empty for who is no staff."""
    held = Assignment.objects.filter(covering(today), user=user, status=_GRANTED)
    authorities = set(held.values_list("authority_id", flat=True))
    rows = _rows(authorities)
    return [ways_on(rows[authority_id], day=today) for authority_id in sorted(authorities)]


def rows_of(authority: Authority) -> list[tuple[date, Ways]]:
    """Return what an authority has decided: (first day, ways)."""
    return _rows([authority.pk])[authority.pk]


def ways_from_now_on(authority: Authority, *, today: date) -> list[Ways]:
    """Return what an authority allows today, and all that it is to allow later."""
    return from_now_on(rows_of(authority), today=today)


def _with_directory() -> Exists:
    """Return whether a name of hers in a directory that is in use has let her in before: only that shows it works."""
    names = DirectoryName.objects.filter(user=OuterRef("pk"), directory__is_active=True, used_at__isnull=False)
    return Exists(names)


def _means(user: User, *, directory: bool) -> Means:
    return Means(
        password=user.user_name is not None and user.has_password,
        electronic_id=user.personnummer is not None and has_electronic_id(),
        directory=directory,
    )


def means_of(user: User) -> Means:
    """Return what somebody can show who she is with; a name in a directory counts also before its first use."""
    return _means(user, directory=has_name_in_a_directory(user))


def means_of_administrators(authority: Authority, *, today: date) -> list[Means]:
    """Return what each system administrator of an authority who is not locked out can show who she is with."""
    held = Assignment.objects.filter(
        covering(today), authority=authority, status=_GRANTED, role=Role.SYSTEM_ADMINISTRATOR.value
    )
    users = User.objects.filter(pk__in=held.values("user_id")).annotate(by_directory=_with_directory())
    return [_means(user, directory=user.by_directory) for user in users if not keeps_out(user.lock_facts())]


def open_ways(user: User, *, today: date) -> list[LoginWay]:
    """Return the ways in that somebody has today."""
    return open_to(means_of(user), allowed_for(user, today=today))


@dataclass(frozen=True)
class WaysFrom:
    """What an authority allows from a day on: None where it is every way, from the beginning."""

    ways: list[LoginWay]
    starts_on: date | None
    uuid: UUID | None = None


@dataclass(frozen=True)
class WaysOnPage:
    """What an authority allows today, what is to come, and what has been, latest first."""

    now: WaysFrom
    coming: list[WaysFrom]
    past: list[WaysFrom]


def ways_on_page(authority: Authority, *, today: date) -> WaysOnPage:
    """Return what an authority has decided, for its page."""
    rows = AllowedWays.objects.filter(authority=authority).order_by("starts_on")
    every = [WaysFrom(list(LoginWay), None), *(WaysFrom(_ordered(r.ways()), r.starts_on, r.uuid) for r in rows)]
    begun = [one for one in every if one.starts_on is None or one.starts_on <= today]
    return WaysOnPage(begun[-1], [one for one in every if one not in begun], begun[-2::-1])


def _ordered(ways: Ways) -> list[LoginWay]:
    return [way for way in LoginWay if way in ways]


def get_row(actor: Actor, uuid: UUID) -> AllowedWays:
    """Return a row of an authority that the actor sets up, or raise Http404."""
    rows = AllowedWays.objects.filter(authority_id__in=actor.authorities(Permission.EDIT_SETTINGS))
    return get_object_or_404(rows.select_related("authority"), uuid=uuid)
