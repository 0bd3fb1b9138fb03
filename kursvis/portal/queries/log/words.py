"""Events in plain words, as far as a reader may see: names as lists show them, values only where the row is hers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.models import Assignment
from kursvis.audit.models import Event
from kursvis.core.wording import labels
from kursvis.people.models import Student
from kursvis.people.rules import Protection
from kursvis.portal.queries.log.records import BY_TABLE, names_of
from kursvis.portal.queries.log.values import SINCE, changes_of, field_name, said

_OF_NOBODY = ("organisation", "catalogue")
"""What these processes write of the municipality's set-up and offer is about no person."""
_FREE_TEXT = ("reason", "why", "note", "told_as")


@dataclass(frozen=True)
class Line:
    """One event in words: when, what, about whom and what, and who did it."""

    at: datetime
    text: str
    about: str
    about_url: str
    person: str
    person_url: str
    details: tuple[str, ...]
    who: str
    sort_key: tuple[datetime, int]


@dataclass(frozen=True)
class _Known:
    """What is asked of the database once for a page of events."""

    actor: Actor
    students: dict[int, Student]
    aliases: dict[int, Student]
    staff: frozenset[int]
    names: dict[tuple[str, int], tuple[Any, str]]
    opened: int | None


def lines(events: Iterable[Event], actor: Actor, *, opened: int | None = None) -> list[Line]:
    """Return events in words, in three queries. `opened` is a protected student whom the actor has just opened."""
    found = list(events)
    did = {event.actor_id for event in found if event.actor_id}
    users = did | {event.subject_id for event in found if event.subject == "accounts.user" and event.subject_id}
    about = {event.student_id for event in found if event.student_id}
    students = Student.objects.filter(pk__in=about) | Student.objects.filter(user_id__in=users).exclude(
        protection=Protection.NONE.value
    )
    rows = list(students.order_by("pk"))
    known = _Known(
        actor,
        {student.pk: student for student in rows},
        {student.user_id: student for student in rows if student.is_protected},
        frozenset(Assignment.objects.filter(user_id__in=did).values_list("user_id", flat=True)),
        names_of(found, actor),
        opened,
    )
    return [_line(event, known) for event in found]


def event_text(verb: str) -> str:
    """Return what a step is called. A test sees to it that every step is called something."""
    known = labels()["event"].get(verb)
    return str(known.text) if known else str(_("Annat steg"))


def _line(event: Event, known: _Known) -> Line:
    student = known.students.get(event.student_id or 0)
    about, about_url = _about(event, known)
    person_url = reverse("portal:log_of_student", args=[student.uuid]) if student else ""
    return Line(
        at=event.at,
        text=event_text(event.verb),
        about=about,
        about_url=about_url,
        person=student.listed_name if student else "",
        person_url=person_url if student and _reads_log(known.actor, student.authority_id) else "",
        details=tuple(_details(event, sees=_sees(event, known))),
        who=_who(event, known),
        sort_key=(event.at, event.pk),
    )


def _reads_log(actor: Actor, authority_id: int | None) -> bool:
    return authority_id in actor.authorities(Permission.READ_LOG)


def _about(event: Event, known: _Known) -> tuple[str, str]:
    """Return what the event is about, and the address of its log. Who it is about stands beside it."""
    if event.verb.endswith(".searched"):
        return "", ""
    called = labels()["log_subject"].get(event.subject)
    kind_name = str(called.text) if called else ""
    found = known.names.get((event.subject, event.subject_id or 0))
    if not found or event.subject == "people.student":
        return ("" if event.subject == "people.student" else kind_name), ""
    uuid, name = found
    return f"{kind_name}: {name}", reverse(BY_TABLE[event.subject].log_page, args=[uuid])


def _who(event: Event, known: _Known) -> str:
    """Return who did it; who is protected, and is no colleague or acts in her own case, is told by her alias."""
    protected = known.aliases.get(event.actor_id or 0)
    is_own = protected is not None and event.student_id == protected.pk
    if protected and (is_own or event.actor_id not in known.staff) and protected.pk != known.opened:
        return str(protected.listed_name)
    return event.actor_name or _("uppgiften är gallrad")


def _sees(event: Event, known: _Known) -> bool:
    """Say whether the reader may see what stood in the row: personal values only where she may read the person."""
    if event.subject == "accounts.user":
        return event.subject_id not in known.aliases and _runs_staff(event, known.actor)
    if event.student_id:
        student = known.students.get(event.student_id)
        if student is None or student.authority_id not in known.actor.authorities(Permission.SEE_STUDENTS):
            return False
        return not student.is_protected or student.pk == known.opened
    if event.subject.partition(".")[0] in _OF_NOBODY and not event.verb.startswith("student."):
        return True
    return event.authority_id in known.actor.authorities(Permission.SEE_STUDENTS)


def _runs_staff(event: Event, actor: Actor) -> bool:
    units = actor.authorities(Permission.EDIT_STAFF)
    return bool(units) if event.authority_id is None else event.authority_id in units


def _details(event: Event, *, sees: bool) -> Iterable[str]:
    detail = event.detail
    if event.verb.endswith(".searched"):
        return [_searched(detail)] if event.verb == "student.searched" else []
    role = labels()["role"].get(str(detail.get("role")))
    texts = [_in_words(str(detail[name])) for name in _FREE_TEXT if detail.get(name)] if sees else []
    return [*_changes(event, sees=sees), *([str(role.text)] if role else []), *texts]


def _changes(event: Event, *, sees: bool) -> Iterable[str]:
    """Return what was changed, from what to what; to who may not see the values, only which fields."""
    changes = changes_of(event.detail)
    if sees:
        for name, (old, new) in changes.items():
            was, became = said(name, old, event.subject), said(name, new, event.subject)
            yield f"{field_name(name, event.subject)}: {was} → {became}"
    elif changes or event.changed_fields:
        names = [field_name(name, event.subject) for name in changes or event.changed_fields if name != SINCE]
        yield _("Ändrat: {fields}").format(fields=", ".join(names))


def _in_words(text: str) -> str:
    """Return a free text as it is, and a code in words."""
    for kind in ("lock_reason", "return_reason"):
        if text in labels()[kind]:
            return str(labels()[kind][text].text)
    return text


def _searched(detail: dict[str, Any]) -> str:
    place = labels()["log_place"].get(str(detail.get("place")))
    by = _("på nummer") if detail.get("text") == "number" else _("på ord")
    shown = len(detail.get("student_ids") or ())
    number = ngettext("{n} studerande visades", "{n} studerande visades", shown).format(n=shown)
    return ", ".join(part for part in (f"{by} {place.text}" if place else by, number) if part)
