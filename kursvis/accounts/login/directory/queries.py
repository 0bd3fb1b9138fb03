"""Which directories there are, and who somebody in one of them is here."""

import os
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.login.directory.client import Client
from kursvis.accounts.login.directory.rules import NamedBy, NamedFacts, as_name
from kursvis.accounts.models import Assignment, Directory, DirectoryName, User
from kursvis.accounts.rules import AssignmentStatus
from kursvis.core import personnummer as numbers
from kursvis.core.models import covering, not_over
from kursvis.organisation.models import Authority

_GRANTED = AssignmentStatus.GRANTED.value


def name_of_secret(authority: Authority) -> str:
    """Return the name in the environment of the client secret of an authority's directory."""
    return f"KURSVIS_OIDC_SECRET_{authority.prefix.upper()}"


def has_secret(authority: Authority) -> bool:
    """Say whether the installation knows the secret of an authority's directory: without it nobody is sent there."""
    return bool(os.environ.get(name_of_secret(authority)))


def open_directories() -> list[Directory]:
    """Return the directories that somebody may come in by now, by the name of the button."""
    rows = Directory.objects.filter(is_active=True).select_related("authority").order_by("name", "pk")
    return [row for row in rows if has_secret(row.authority)]


def get_open(uuid: UUID) -> Directory:
    """Return one of `open_directories`, or raise Http404."""
    found: Directory = get_object_or_404(Directory.objects.select_related("authority"), uuid=uuid, is_active=True)
    if not has_secret(found.authority):
        raise Http404
    return found


def directory_of(authority: Authority) -> Directory | None:
    """Return the directory of an authority, whether in use or not."""
    return Directory.objects.filter(authority=authority).first()


def as_set_up(directory: Directory | None) -> dict[str, Any]:
    """Return what the form of the set-up shows."""
    names = ("name", "issuer", "client_id", "named_by", "personnummer_claim", "is_active")
    return {name: getattr(directory, name) for name in names} if directory else {}


def number_of_names(directory: Directory | None) -> int:
    """Return how many people have a name in a directory."""
    return DirectoryName.objects.filter(directory=directory).count() if directory else 0


def on_page(authority: Authority) -> dict[str, Any]:
    """Return what the page of the ways in shows of an authority's directory."""
    directory = directory_of(authority)
    return {
        "directory": directory,
        "names": number_of_names(directory),
        "has_secret": has_secret(authority),
        "secret": name_of_secret(authority),
        "redirect_uri": redirect_uri(directory) if directory else "",
        "kommun": str(authority.uuid),
    }


def directory_that_knows(user: Any) -> Directory | None:
    """Return a directory that is open, and in which the user has a name."""
    names = DirectoryName.objects.filter(user=user.pk, directory__is_active=True).order_by("pk")
    found = [name.directory for name in names.select_related("directory__authority")]
    return next((directory for directory in found if has_secret(directory.authority)), None)


def redirect_uri(directory: Directory) -> str:
    """Return where the directory sends people back to: a page of its own, so that no other's answer is taken for it."""
    return f"{settings.ADDRESS}{reverse('accounts:directory_answer', args=[directory.uuid])}"


def client_of(directory: Directory) -> Client:
    """Return the client that talks to a directory."""
    return Client(
        issuer=directory.issuer,
        client_id=directory.client_id,
        secret=os.environ.get(name_of_secret(directory.authority), ""),
        redirect_uri=redirect_uri(directory),
        named_by=NamedBy(directory.named_by),
        local_allowed=settings.DEMO,
    )


def told_name(directory: Directory, claims: Mapping[str, Any]) -> str:
    """Return what the directory calls the person. An e-mail address that it has not verified names nobody."""
    named_by = NamedBy(directory.named_by)
    if named_by is NamedBy.EMAIL and claims.get("email_verified", True) not in (True, "true"):
        return ""
    return as_name(claims.get(named_by.value), named_by)


def told_personnummer(directory: Directory, claims: Mapping[str, Any], *, today: date) -> str:
    """Return the personnummer that the directory says, where it has been set up to; nothing for what is none."""
    told = claims.get(directory.personnummer_claim) if directory.personnummer_claim else None
    number = numbers.normalised(told, today=today) if isinstance(told, str) else ""
    return "" if numbers.against(number) else number


def name_in(directory: Directory, subject: str) -> DirectoryName | None:
    """Return the row of a name in a directory."""
    names = DirectoryName.objects.filter(directory=directory, subject=subject).select_related("user")
    return names.first() if subject else None


def with_number(personnummer: str) -> User | None:
    """Return the account with a personnummer."""
    return User.objects.filter(personnummer=personnummer).first() if personnummer else None


def facts_of(user: User, directory: Directory, *, today: date) -> NamedFacts:
    """Return what the rules need to know about somebody whom a directory vouches for: where she works today."""
    held = Assignment.objects.filter(covering(today), user=user, status=_GRANTED)
    authorities = set(held.values_list("authority_id", flat=True))
    return NamedFacts(
        user_id=user.pk,
        personnummer=user.personnummer or "",
        works_here=directory.authority_id in authorities,
        works_elsewhere=bool(authorities - {directory.authority_id}),
    )


def names_to_edit(user: User, actor: Actor) -> list[tuple[Directory, DirectoryName | None]]:
    """Return the directories of the authorities whose staff the actor runs, with what somebody is called there."""
    run = actor.authorities(Permission.EDIT_STAFF)
    held = Assignment.objects.filter(user=user).values("authority_id")
    rows = Directory.objects.filter(authority_id__in=run).filter(authority_id__in=held).select_related("authority")
    names = {name.directory_id: name for name in DirectoryName.objects.filter(user=user)}
    return [(row, names.get(row.pk)) for row in rows.order_by("name", "pk")]


def works_here(user: User, directory: Directory, *, today: date) -> bool:
    """Say whether somebody holds a role that counts at the directory's authority, today or later."""
    held = Assignment.objects.filter(not_over(today), user=user, status=_GRANTED, authority_id=directory.authority_id)
    return held.exists()


def is_taken(directory: Directory, subject: str, *, user: User) -> bool:
    """Say whether another person has the name."""
    return DirectoryName.objects.filter(directory=directory, subject=subject).exclude(user=user).exists()
