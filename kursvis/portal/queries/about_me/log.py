"""Who did and who read what about a person, as she herself is told it: by name, and by the unit they worked at then."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kursvis.accounts.models import Assignment, User
from kursvis.accounts.rules import AssignmentStatus
from kursvis.audit.models import Event
from kursvis.core.time import swedish_date
from kursvis.people.models import Student
from kursvis.portal.queries.about_me.parts import Entry, Section, facts
from kursvis.portal.queries.log.search import of_student
from kursvis.portal.queries.log.words import event_text
from kursvis.portal.rules import LogSort, sort_of

MOST = 1000
"""So many of the newest lines are in an extract; older ones the municipality gives out on demand."""
_GRANTED = (AssignmentStatus.GRANTED.value, AssignmentStatus.ENDED.value)
Names = Mapping[tuple[str, int], str]


def about(user: User, students: Sequence[Student], names: Names) -> tuple[Section, Section]:
    """Return who read what about her, and what else has happened with what is held about her."""
    parts = [part for student in students for part in of_student(student)]
    parts.append(Event.objects.filter(subject="accounts.user", subject_id=user.pk))
    events = _newest(parts)
    units = _units(events)
    read = [event for event in events if sort_of(event.verb) in (LogSort.READ, LogSort.SEARCHED)]
    done = [event for event in events if event not in read]
    told = _("De {most} senaste raderna. Äldre lämnar kommunen ut om du frågar.").format(most=MOST)
    limit = told if len(events) == MOST else ""
    return (
        Section("readings", _("Vem som har läst"), limit, tuple(_entry(row, user, units, names) for row in read)),
        Section("events", _("Vad som har hänt"), limit, tuple(_entry(row, user, units, names) for row in done)),
    )


def done_by(user: User) -> Section:
    """Return what a member of the staff has done, read and searched; whom it was about is not hers to take out."""
    events = _newest([Event.objects.filter(actor_id=user.pk).exclude(subject="accounts.user", subject_id=user.pk)])
    limit = _("De {most} senaste raderna. Äldre lämnar kommunen ut om du frågar.").format(most=MOST)
    entries = tuple(Entry(event_text(event.verb), facts(("at", _("När"), event.at))) for event in events)
    return Section("own_steps", _("Vad du har gjort"), limit if len(events) == MOST else "", entries)


def _newest(parts: Iterable[QuerySet[Event]]) -> list[Event]:
    first, *others = [part.order_by("-at", "-id")[:MOST] for part in parts]
    return list(first.union(*others, all=True).order_by("-at", "-id")[:MOST]) if others else list(first)


def _units(events: Iterable[Event]) -> dict[int, list[Assignment]]:
    """Return where those who did something work and worked."""
    actors = {event.actor_id for event in events if event.actor_id}
    held = Assignment.objects.filter(Q(status__in=_GRANTED), user_id__in=actors)
    found: dict[int, list[Assignment]] = {}
    for row in held.select_related("school", "authority").order_by("school_id", "pk"):
        found.setdefault(row.user_id, []).append(row)
    return found


def _entry(event: Event, user: User, units: Mapping[int, list[Assignment]], names: Names) -> Entry:
    why = event.detail.get("reason", "") if event.verb == "student.opened" else ""
    return Entry(
        event_text(event.verb),
        facts(
            ("at", _("När"), event.at),
            ("who", _("Vem"), _("du själv") if event.actor_id == user.pk else _who(event, units)),
            ("about", _("Vad det gällde"), names.get((event.subject, event.subject_id or 0), "")),
            ("reason", _("Skäl"), why),
        ),
    )


def _who(event: Event, units: Mapping[int, list[Assignment]]) -> str:
    name = event.actor_name or _("uppgiften är gallrad")
    day = swedish_date(event.at)
    worked = [row for row in units.get(event.actor_id or 0, []) if _covers(row, day)]
    here = [row for row in worked if row.authority_id == event.authority_id] or worked
    return f"{name}, {here[0].school or here[0].authority}" if here else name


def _covers(row: Assignment, day: date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
