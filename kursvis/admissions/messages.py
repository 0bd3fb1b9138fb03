"""The messages of this process: by e-mail, to a protected person by post.

They go through the outbox in the transaction of the step that causes them.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from kursvis.admissions.models import Choice, Condition, Decision
from kursvis.admissions.rules import Outcome
from kursvis.core.wording import label
from kursvis.letters.rules import address_for
from kursvis.post import services as post


@override("sv")
def send_receipt(choice: Choice, *, now: datetime) -> None:
    """Tell the applicant that her application has come, and what happens next."""
    start = choice.course_start
    body = _(
        "Vi har tagit emot din ansökan nummer {number}.\n\n"
        "Kurs: {course}\nSkola: {school}\nStudietid: {starts}–{ends}\n\n"
        "Så går det vidare\n"
        "1. Kommunen läser din ansökan, beslutar och skickar beslutet till dig.\n"
        "2. Blir du mottagen lämnas ansökan till skolan senast {basis}.\n"
        "3. Skolan kallar dig senast {call}.\n\n"
        "Du kan följa ansökan, och ta tillbaka den, under Mina ansökningar.\n\n{office}"
    ).format(
        number=choice.application.number,
        basis=start.round.basis_on.isoformat(),
        call=start.round.call_by.isoformat(),
        **_named(choice),
    )
    _send(choice, subject=_("Vi har fått din ansökan"), body=body, now=now)


def send_decision(choice: Choice, decision: Decision, condition: Condition | None, *, now: datetime) -> None:
    """Tell the applicant what was decided, why, and how to appeal where she may (rules.md 1.37)."""
    told = {
        Outcome.GRANTED: _("Du är mottagen till kursen."),
        Outcome.ON_CONDITION: _on_condition(condition) if condition else "",
        Outcome.REFUSED: _("Du är inte mottagen till kursen."),
    }[Outcome(decision.outcome)]
    parts = [
        _("Beslut om din ansökan nummer {number}, {day}.").format(
            number=choice.application.number, day=decision.decided_on.isoformat()
        ),
        _("Kurs: {course}\nSkola: {school}\nStudietid: {starts}–{ends}").format(**_named(choice)),
        told,
        _("Skäl: {reason}").format(reason=decision.reason) if decision.reason else "",
        _("Beslutat av {decider}, {office}.").format(decider=decision.decider_name, office=_named(choice)["office"]),
        _("På delegation: {reference}.").format(reference=decision.delegation) if decision.delegation else "",
        decision.appeal_text,
    ]
    _send(choice, subject=_("Beslut om din ansökan"), body="\n\n".join(part for part in parts if part), now=now)


def _on_condition(condition: Condition) -> str:
    """Return the condition in the municipality's words, its course, and what it means until it is met (R21)."""
    parts = [
        _("Du är mottagen på villkor: ”{condition}”.").format(condition=condition.named),
        condition.wording,
        _("Kursen i villkoret: {required}.").format(required=condition.required),
        _("Skolan kan kalla dig innan dess, men du får inte börja kursen om villkoret inte är uppfyllt."),
    ]
    return " ".join(part for part in parts if part)


def send_return(choice: Choice, *, now: datetime) -> None:
    """Tell the applicant without delay that the school could not place her, and the counsellors which and why (R25)."""
    why = choice.returned_as
    if choice.return_text:
        why = f"{why}: {choice.return_text}"
    told = "\n\n".join(part for part in (why, choice.return_told) if part)
    body = _(
        "{school} kunde inte ge dig plats på {course} med start {starts}.\n\nSkäl: {why}\n\n"
        "Din ansökan nummer {number} är nu hos {office} igen. En handläggare eller studievägledare hör av sig om vad "
        "du kan göra i stället."
    ).format(why=told, number=choice.application.number, **_named(choice))
    _send(choice, subject=_("Din ansökan har gått tillbaka till kommunen"), body=body, now=now)
    to_counsellors = _(
        "{school} har returnerat {applicant}, ansökan {number}: {course}, start {starts}.\n\nSkäl: {why}"
    ).format(applicant=choice.student.listed_name, number=choice.application.number, why=why, **_named(choice))
    post.queue_email(
        authority=choice.authority,
        school=choice.course_start.school,
        recipient=_("Studievägledarna"),
        address=choice.authority.email,
        subject=_("Retur: ansökan {number}").format(number=choice.application.number),
        body=to_counsellors,
        sealed=choice.student.is_protected,
        concerns=choice.student.uuid,
        now=now,
    )


def send_change(choice: Choice, changes: Mapping[str, tuple[str, str]], *, now: datetime) -> None:
    """Tell the applicant what has changed in the course she has applied to or has a place on (R16)."""
    lines = [
        _("{field}: {new} (förut {old})").format(
            field=str(label("course_start_field", field).text).capitalize(),
            new=new or _("inget"),
            old=old or _("inget"),
        )
        for field, (old, new) in changes.items()
    ]
    body = _(
        "{course} hos {school} har ändrats.\n\n{changes}\n\nStudietid: {starts}–{ends}\n\n"
        "Din ansökan nummer {number} står kvar och du behöver inte göra något. Passar kursen inte längre kan du ta "
        "tillbaka ansökan under Mina ansökningar, eller höra av dig till skolan: {reach}.\n\n{office}"
    ).format(
        changes="\n".join(lines),
        number=choice.application.number,
        reach=choice.course_start.school.email,
        **_named(choice),
    )
    _send(choice, subject=_("Ändrat: {course}").format(course=choice.course_start.course.name), body=body, now=now)


def _named(choice: Choice) -> dict[str, str]:
    start = choice.course_start
    return {
        "course": str(start.course),
        "school": start.school.name,
        "starts": start.starts_on.isoformat(),
        "ends": start.ends_on.isoformat(),
        "office": choice.authority.adult_education_name,
    }


def _send(choice: Choice, *, subject: str, body: str, now: datetime) -> None:
    """Queue it by e-mail; to a protected person sealed and for print, as her letters are."""
    student = choice.student
    post.queue_email(
        authority=choice.authority,
        school=None,
        recipient=student.listed_name,
        address=address_for(choice.application.email, is_protected=student.is_protected),
        subject=subject,
        body=body,
        sealed=student.is_protected,
        concerns=student.uuid,
        now=now,
    )
