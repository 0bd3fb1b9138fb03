"""Taking feedback on accessibility, and marking it as handled."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kursvis.access.actors import SYSTEM, Actor
from kursvis.audit import services as audit
from kursvis.core.address import absolute
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority
from kursvis.post import services as post
from kursvis.public import rules
from kursvis.public.models import Feedback


@transaction.atomic
def give_feedback(*, authority: Authority, text: str, page: str = "", email: str = "", now: datetime) -> Feedback:
    """Keep what somebody has told, and tell the municipality that it waits. Who she is nobody asks or keeps."""
    feedback = Feedback.objects.create(
        authority=authority,
        received_at=now,
        answer_by=rules.answer_by(swedish_date(now)),
        text=text,
        page=page,
        email=email,
    )
    audit.record(verb="feedback.given", by=SYSTEM, subject=feedback, authority_id=authority.pk, now=now)
    _tell(feedback, now=now)
    return feedback


@transaction.atomic
def mark_handled(*, feedback: Feedback, by: Actor, now: datetime) -> None:
    """Mark feedback as answered or mended; the address is erased. Raises `Refused` when somebody has done it."""
    fresh = Feedback.objects.select_for_update().get(pk=feedback.pk)
    refuse_if(rules.against_handling(is_handled=fresh.handled_at is not None))
    Feedback.objects.filter(pk=fresh.pk).update(handled_at=now, handled_by=by.name, email="")
    audit.record(verb="feedback.handled", by=by, subject=fresh, authority_id=fresh.authority_id, now=now)


@override("sv")
def _tell(feedback: Feedback, *, now: datetime) -> None:
    """Write to the municipality that feedback waits; what it says, and who said it, stays inside."""
    authority = feedback.authority
    body = _(
        "En besökare har berättat om ett hinder på webbplatsen. Svara senast {day}.\n\nLäs och svara här: {address}"
    ).format(day=feedback.answer_by.isoformat(), address=absolute(reverse("public:list_feedback")))
    post.queue_email(
        authority=authority,
        school=None,
        recipient=authority.adult_education_name,
        address=authority.email,
        subject=_("Synpunkt på tillgängligheten"),
        body=body,
        now=now,
    )
