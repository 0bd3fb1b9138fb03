"""Making letters: rendered once, kept as they were sent, and put in the post."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.core import pdf
from kursvis.core.time import swedish_date
from kursvis.core.wording import label
from kursvis.letters.models import Letter
from kursvis.letters.rules import CallFacts, LetterKind, address_for
from kursvis.organisation.models import School
from kursvis.people import services as people
from kursvis.people.models import Student
from kursvis.post import services as post

CALL_TEMPLATE = "kursvis/letters/kinds/call/letter.typ"


@transaction.atomic
def make_call(*, student: Student, school: School, facts: CallFacts, by: Actor, now: datetime) -> Letter:
    """Make the call to a course start as PDF, keep it, and queue it: e-mail, or print for who has none or is protected.

    Part of the step that causes it; that step decides that the student may be called. On a condition letter and
    e-mail say that she has no right to start unless she is eligible then (help page; R21).
    """
    subject = _("Kallelse: {course}, start {day}").format(course=facts.course_name, day=facts.starts_on.isoformat())
    letter = Letter.objects.create(
        student=student,
        school=school,
        kind=LetterKind.CALL.value,
        subject=subject[:200],
        made_at=now,
        pdf=pdf.render(CALL_TEMPLATE, _call_data(student, school, facts, now)),
    )
    post.queue_email(
        authority=school.authority,
        school=school,
        recipient=student.listed_name,
        address=address_for(facts.email, is_protected=student.is_protected),
        subject=letter.subject,
        body=_call_body(school, facts),
        attachment_name=f"kallelse-{facts.course_code}-{facts.starts_on.isoformat()}.pdf",
        attachment=bytes(letter.pdf),
        sealed=student.is_protected,
        concerns=student.uuid,
        now=now,
    )
    _record(letter, "letter.made", by, now)
    return letter


@transaction.atomic
def opened(*, letter: Letter, reason: str, by: Actor, now: datetime) -> None:
    """Write that a letter was read.

    A protected person's is read by herself, or by a named reader who says why; anybody else is `Refused`.
    """
    if letter.student.is_protected:
        people.opened(student=letter.student, reason=reason, by=by, now=now)
    _record(letter, "letter.opened", by, now)


def condition_of(facts: CallFacts) -> str:
    """Return what the call must say to who is called on a condition that is not met yet; empty without one.

    The condition stands in the municipality's own words, beside that she has no right to start without it (R21).
    """
    if not facts.required_course:
        return ""
    parts = [
        _("Du är mottagen på villkor: ”{condition}”.").format(condition=facts.condition),
        facts.condition_text,
        _("Kursen i villkoret: {course}.").format(course=facts.required_course),
        _(
            "Du har inte rätt att börja kursen om du inte är behörig vid kursstart. Skicka ditt betyg till skolan så "
            "snart du har det."
        ),
    ]
    return " ".join(part for part in parts if part)


def _call_body(school: School, facts: CallFacts) -> str:
    parts = [
        _("Välkommen till {course} på {school}. Kursen börjar {day}. Kallelsen är bifogad.").format(
            course=facts.course_name, school=school.name, day=facts.starts_on.isoformat()
        ),
        condition_of(facts),
        _("Frågor? Svara på det här brevet eller ring {phone}.").format(phone=school.phone)
        if school.phone
        else _("Frågor? Svara på det här brevet."),
        school.name,
    ]
    return "\n\n".join(part for part in parts if part)


def _call_data(student: Student, school: School, facts: CallFacts, now: datetime) -> dict[str, Any]:
    """Return what the template shows. Text from people goes in as data only."""
    return {
        "subject": _("Kallelse till kursstart"),
        "date": swedish_date(now).isoformat(),
        "recipient": {
            "name": f"{student.first_name} {student.last_name}",
            "street": student.street,
            "postal_code": student.postal_code,
            "locality": student.locality,
        },
        "school": {
            "name": school.name,
            "street": school.street,
            "postal_code": school.postal_code,
            "locality": school.locality,
            "email": school.email,
            "phone": school.phone,
        },
        "authority": school.authority.adult_education_name,
        "course": {
            "name": facts.course_name,
            "code": facts.course_code,
            "points": facts.points,
            "starts_on": facts.starts_on.isoformat(),
            "ends_on": facts.ends_on.isoformat(),
            "study_form": str(label("study_form", facts.study_form).text),
            "place": facts.place.strip() or _visiting_address(school, facts),
            "weekly_pattern": facts.weekly_pattern,
        },
        "condition": condition_of(facts),
    }


def _visiting_address(school: School, facts: CallFacts) -> str:
    """Return where to go when the course start names no place; nowhere for a course at a distance."""
    if facts.study_form == StudyForm.DISTANCE:
        return ""
    town = f"{school.postal_code} {school.locality}".strip()
    return ", ".join(part for part in (school.name, school.street, town) if part)


def _record(letter: Letter, verb: str, by: Actor, now: datetime) -> None:
    audit.record(
        verb=verb,
        by=by,
        subject=letter,
        authority_id=letter.student.authority_id,
        student_id=letter.student_id,
        now=now,
        kind=letter.kind,
    )
