"""Who can log in to the demo as what, and the e-mails that it has sent to nobody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import get_object_or_404

from kursvis.accounts.models import Assignment, User
from kursvis.accounts.rules import AssignmentStatus
from kursvis.core.wording import label
from kursvis.demo.models import DemoMail
from kursvis.demo.rules.cast import CAST, IN_DIRECTORY, PASSWORD, CastMember
from kursvis.demo.rules.colleagues import COLLEAGUES, Colleague
from kursvis.demo.rules.mail import Part, parts
from kursvis.people.models import Student
from kursvis.people.rules import Protection


def logins() -> list[dict[str, Any]]:
    """Return the logins of the persons of the fiction who stand in the database: the cast, then their colleagues."""
    people = [person for person in (*CAST, *COLLEAGUES) if person.personnummer]
    users = {u.personnummer: u for u in User.objects.filter(personnummer__in=[p.personnummer for p in people])}
    held: dict[int, list[Assignment]] = {}
    rows = Assignment.objects.filter(user__in=users.values(), status=AssignmentStatus.GRANTED.value)
    for assignment in rows.select_related("authority", "school").order_by("pk"):
        held.setdefault(assignment.user_id, []).append(assignment)
    there = [(person, users[person.personnummer]) for person in people if person.personnummer in users]
    return [_login(person, user, held.get(user.pk, [])) for person, user in there]


def _login(person: CastMember | Colleague, user: User, held: list[Assignment]) -> dict[str, Any]:
    roles = [str(label("role", assignment.role).text) for assignment in held]
    roles += ["studerande"] if isinstance(person, CastMember) and person.is_student else []
    units = [str(assignment.school or assignment.authority) for assignment in held]
    return {
        "name": user.full_name,
        "personnummer": user.personnummer,
        "user_name": user.user_name,
        "password": PASSWORD if user.has_usable_password() else "",
        "roles": list(dict.fromkeys(roles)) or ([] if isinstance(person, Colleague) else ["sökande"]),
        "unit": ", ".join(dict.fromkeys(units)) or person.authority,
        "directory": IN_DIRECTORY.get(person.key, "") if isinstance(person, CastMember) else "",
        "note": person.note,
    }


@dataclass(frozen=True)
class ShownMail:
    """An e-mail as its reader may see it: one to a protected person only herself."""

    uuid: UUID
    sent_at: datetime
    to: str
    subject: str
    attachments: str
    parts: list[Part]
    sealed: bool


def mails(user_id: int | None, *, text: str = "") -> QuerySet[DemoMail]:
    """Return the e-mails of the demo, newest first; with a text those whose receiver or subject holds it.

    `sealed` says that it went to a protected person other than the user: a text finds none of these.
    """
    rows = DemoMail.objects.annotate(address=Lower("to"))
    sealed = Case(When(address__in=_protected_addresses(user_id), then=True), default=False)
    rows = rows.annotate(sealed=sealed).order_by("-pk")
    return rows.filter(Q(to__icontains=text) | Q(subject__icontains=text), sealed=False) if text else rows


def shown(mail: DemoMail) -> ShownMail:
    """Return what a page shows of a row of `mails`."""
    sealed: bool = mail.sealed  # type: ignore[attr-defined]
    if sealed:
        return ShownMail(mail.uuid, mail.sent_at, "", "", "", [], sealed)
    text = parts(mail.body, address=settings.ADDRESS)
    return ShownMail(mail.uuid, mail.sent_at, mail.to, mail.subject, mail.attachments, text, sealed)


def opened(rows: QuerySet[DemoMail], wanted: str | None, newest: DemoMail | None) -> DemoMail | None:
    """Return the e-mail of an address's `?brev=`, or the newest. Raises Http404 for one that is not there."""
    if not wanted:
        return newest
    try:
        return get_object_or_404(rows, uuid=UUID(wanted))
    except ValueError:
        raise Http404 from None


def _protected_addresses(user_id: int | None) -> list[str]:
    people = Student.objects.exclude(protection=Protection.NONE.value).exclude(user_id=user_id or 0)
    return [address.lower() for pair in people.values_list("email", "user__email") for address in pair if address]
