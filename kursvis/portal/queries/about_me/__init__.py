"""*Allt om mig*: everything that Kursvis holds about a person, for herself. Her own rows only, by her user."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from kursvis.accounts.models import User
from kursvis.admissions.queries import own_choices
from kursvis.core.time import swedish_date
from kursvis.grades.models import Grade
from kursvis.people.queries import own_records
from kursvis.portal.queries.about_me import account, log, studies
from kursvis.portal.queries.about_me.parts import Extract, Section
from kursvis.studies.models import Enrolment

FORMAT = "kursvis-own-extract-1"
"""What the JSON calls itself; its schema is in `data/own_extract.schema.json`."""


def everything(user: User, *, now: datetime) -> Extract:
    """Return everything that is held about a person, at every municipality."""
    today = swedish_date(now)
    students = list(own_records(user.pk))
    sections = [account.account(user), account.roles(user, today=today)]
    names: dict[tuple[str, int], str] = {}
    if students:
        choices = list(own_choices(user.pk))
        places = Enrolment.objects.filter(student__in=students).select_related("group__course", "group__school")
        enrolments = list(places.order_by("-starts_on", "-pk"))
        marks = Grade.objects.filter(enrolment__student__in=students).exclude(value="")
        grades = list(marks.select_related("decider", "enrolment__group__course").order_by("-decided_at", "-pk"))
        names = {("admissions.choice", row.pk): row.course_start.course.name for row in choices}
        names |= {("studies.enrolment", row.pk): row.group.course.name for row in enrolments}
        names |= {("studies.group", row.group_id): row.group.course.name for row in enrolments}
        names |= {("grades.grade", row.pk): row.enrolment.group.course.name for row in grades}
        sections += [
            studies.records(students),
            studies.applications(choices, today=today),
            studies.decisions(choices),
            studies.letters(students),
            studies.enrolments(enrolments),
            studies.grades(grades, students),
        ]
    sections += log.about(user, students, names)
    if sections[1].entries:
        sections.append(log.done_by(user))
    return Extract(user.full_name, now, tuple(_said(sections)))


def _said(sections: list[Section]) -> list[Section]:
    """Return the sections that say something."""
    return [section for section in sections if section.entries]


def as_data(extract: Extract) -> dict[str, Any]:
    """Return an extract as its JSON holds it, as the schema says."""
    return {
        "format": FORMAT,
        "name": extract.name,
        "made_at": extract.made_at.isoformat(timespec="seconds"),
        "sections": [asdict(section) for section in extract.sections],
    }
