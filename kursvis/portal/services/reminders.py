"""Reminding the staff by e-mail of what waits for a day that is near (R14): each of them, of each thing, once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from kursvis.access.actors import SYSTEM, Person
from kursvis.accounts.models import User
from kursvis.audit import services as audit
from kursvis.organisation.models import Authority, School
from kursvis.organisation.queries.settings import values_of
from kursvis.organisation.rules.settings import KINDS, Values
from kursvis.portal import messages
from kursvis.portal.queries import reminders as read
from kursvis.portal.rules.reminders import DISTANCES, Due, reminders_due
from kursvis.post import services as post

FARTHEST = timedelta(days=max(KINDS[setting].most for setting in DISTANCES))


def remind(*, today: date, now: datetime) -> int:
    """Mail everybody who has something left to do before a day that is near; return how many. For the worker.

    Safe to repeat, also at once: what somebody has been reminded of is kept with the mail, in one transaction.
    """
    found = read.dues(today=today, until=today + FARTHEST)
    decided = values_of({due.authority_id for due in found}, on=today)
    number = 0
    for user, actor in read.receivers(found, today=today):
        try:
            number += _remind(user, actor, read.waiting_for(actor, found), decided, today, now)
        except IntegrityError:  # somebody else has just reminded her
            continue
    return number


@transaction.atomic
def _remind(
    user: User, actor: Person, dues: list[Due], decided: Mapping[int, Values], today: date, now: datetime
) -> bool:
    due = {reminder.key(user.uuid): reminder for reminder in reminders_due(dues, today=today, decided=decided)}
    new = post.claim_reminders(keys=list(due), now=now)
    if not new:
        return False
    unit = actor.held[0]
    subject, body = messages.reminder(user.first_name, [due[key] for key in new], today=today)
    message = post.queue_email(
        authority=Authority.objects.get(pk=unit.authority_id),
        school=School.objects.filter(pk=unit.school_id or 0).first(),
        recipient=user.full_name,
        address=user.email,
        subject=subject,
        body=body,
        now=now,
    )
    audit.record(
        verb="message.reminded",
        by=SYSTEM,
        subject=message,
        authority_id=unit.authority_id,
        now=now,
        number=len(new),
    )
    return True
