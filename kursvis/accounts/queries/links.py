"""Reading one-time links, by their secret, of which only the hash is kept."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from kursvis.access.rules import Role
from kursvis.accounts.models import Assignment, Link, User
from kursvis.accounts.queries.ways_in import has_electronic_id
from kursvis.accounts.rules import HELD_OR_ASKED
from kursvis.accounts.rules.links import LinkKind, against_link
from kursvis.core import time


def hash_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def by_secret(secret: str) -> Link | None:
    """Return the link with the secret, whatever its state."""
    return Link.objects.select_related("user", "created_by").filter(secret_hash=hash_of(secret)).first()


@dataclass(frozen=True)
class ShownLink:
    """What the page of a good link shows."""

    user: User
    is_invitation: bool
    invited_by: str
    roles: list[tuple[Role, str]]

    @property
    def needs_no_password(self) -> bool:
        """Say whether she may be done without a password: she is invited, and can come with an electronic ID."""
        return self.is_invitation and self.user.personnummer is not None and has_electronic_id()


def good_link(secret: str, *, today: date) -> ShownLink | None:
    """Return what the page of a link shows, or None when the link is unknown, used, too old, or the account ended."""
    link = by_secret(secret)
    if link is None or against_link(link.facts(), now=time.real_now()) or not link.user.is_active:
        return None
    held = Assignment.objects.filter(user=link.user, status__in=HELD_OR_ASKED).select_related("authority", "school")
    roles = [(Role(row.role), str(row.school or row.authority)) for row in held.order_by("pk")]
    return ShownLink(
        user=link.user,
        is_invitation=link.kind == LinkKind.INVITATION,
        invited_by=link.created_by.full_name if link.created_by else "",
        roles=roles,
    )
