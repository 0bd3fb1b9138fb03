"""What staff are told by e-mail when others act on accounts: the municipality's answer, and a changed address (R04)."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kursvis.access.actors import Actor
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.queries import unit_of
from kursvis.accounts.queries.staff import run_by
from kursvis.accounts.rules import AssignmentStatus
from kursvis.core.models import not_over
from kursvis.core.wording import label
from kursvis.post.services import queue_email


def tell_answer(assignment: Assignment, *, now: datetime) -> None:
    """Tell who asked for a role whether the municipality granted it; without an address of hers, the school."""
    asker, school = assignment.requested_by, assignment.school
    if asker is None or school is None:
        return
    granted = assignment.status == AssignmentStatus.GRANTED
    what = _("{role} på {unit} för {name}").format(
        role=label("role", assignment.role).text, unit=unit_of(assignment), name=assignment.user.full_name
    )
    answer = _("Kommunen har aktiverat rollen: {what}.") if granted else _("Kommunen har avslagit rollen: {what}.")
    queue_email(
        authority=assignment.authority,
        school=school,
        recipient=asker.full_name,
        address=asker.email or school.email,
        subject=_("Rollen är aktiverad") if granted else _("Rollen är avslagen"),
        body="\n\n".join([answer.format(what=what), *_why(assignment), _period(assignment)]),
        now=now,
    )


def _why(assignment: Assignment) -> list[str]:
    return [_("Skäl: {why}").format(why=assignment.refusal)] if assignment.refusal else []


def _period(assignment: Assignment) -> str:
    if assignment.ends_on is None:
        return _("Perioden är från {first} och tills vidare.").format(first=assignment.starts_on)
    return _("Perioden är {first} till {last}.").format(first=assignment.starts_on, last=assignment.ends_on)


def tell_new_address(user: User, *, by: Actor, now: datetime, today: date) -> None:
    """Tell the old e-mail address that a colleague has changed it: the address is a key to the account.

    The mail stands in the outbox of a unit that the colleague runs: who only asked for a role learns no address.
    """
    held = Assignment.objects.filter(run_by(by), not_over(today), user=user, status=AssignmentStatus.GRANTED.value)
    asked = Assignment.objects.filter(run_by(by), user=user, status=AssignmentStatus.REQUESTED.value)
    latest = _latest(held) or _latest(asked)
    if latest is None:
        return
    body = _(
        "{who} ändrade {day} e-postadressen till ditt konto. Mejl om kontot kommer inte längre hit.\n\n"
        "Stämmer det inte? Kontakta {authority}: {address}"
    )
    queue_email(
        authority=latest.authority,
        school=latest.school,
        recipient=user.full_name,
        address=user.email,
        subject=_("Din e-postadress i Kursvis är ändrad"),
        body=body.format(who=by.name, day=today, authority=latest.authority.name, address=latest.authority.email),
        now=now,
    )


def _latest(rows: "QuerySet[Assignment]") -> Assignment | None:
    return rows.select_related("authority", "school").order_by("-starts_on", "-pk").first()
