"""Reading applications: who reaches which choice, and lists of them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.models import User
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries.agreement import against_applying as against_applying_to_start
from kursvis.core.models import covering
from kursvis.core.reasons import Reason
from kursvis.organisation.models import Agreement
from kursvis.people import queries as people

C = ChoiceStatus
AT_SCHOOL = [C.DISTRIBUTED.value, C.PLACED.value, C.RETURNED.value]
"""What a school sees of choices of its starts: what the municipality gave it (design section 4)."""
TO_DECIDE = Q(status=C.SUBMITTED.value)
"""What waits for its first decision: the same in the list, in the navigation and in *Att göra*. Returns are apart."""
STATES: dict[str, Q] = {
    "besluta": TO_DECIDE,
    "fordela": Q(status=C.DECIDED.value) & ~Q(outcome=Outcome.REFUSED.value),
    "villkor": Q(outcome=Outcome.ON_CONDITION.value, condition__status="open")
    & ~Q(status__in=[C.WITHDRAWN.value, C.REPLACED.value]),
    "fordelade": Q(status=C.DISTRIBUTED.value),
    "placerade": Q(status=C.PLACED.value),
    "returnerade": Q(status=C.RETURNED.value),
    "avslag": Q(status=C.DECIDED.value, outcome=Outcome.REFUSED.value),
    "atertagna": Q(status__in=[C.WITHDRAWN.value, C.REPLACED.value]),
    "alla": Q(),
}
"""The states of the list's address, `?lage=`: what somebody waits for, rather than what a column holds."""
WITHOUT_AGREEMENT = "utan_avtal"
"""One more, which hangs on the day: applicants who wait at, or for, a school whose agreement has ended (R09)."""
STATE_NAMES = [*STATES, WITHOUT_AGREEMENT]
ORDERS: dict[str, tuple[str, ...]] = {
    "inkommen": ("application__submitted_at",),
    "nummer": ("application__number",),
    "namn": ("student__name_key",),
    "kurs": ("course_start__course__name_key",),
    "skola": ("course_start__school__name_key",),
    "start": ("course_start__starts_on",),
}


def states_on(day: date) -> dict[str, Q]:
    """Return every state of the list as it is on a day."""
    return {**STATES, WITHOUT_AGREEMENT: (STATES["fordela"] | STATES["fordelade"]) & ~_agreed_on(day)}


def _agreed_on(day: date) -> Q:
    in_force = Agreement.objects.filter(covering(day))
    return Q(Exists(in_force.filter(school_id=OuterRef("course_start__school_id"))))


def readable_by(actor: Actor) -> QuerySet[Choice]:
    """Return the choices the actor reaches: an authority's staff what is sent in, a school's what it was given."""
    permission = Permission.SEE_APPLICATIONS
    return Choice.objects.filter(
        (Q(authority_id__in=actor.authorities(permission)) & ~_never_sent())
        | Q(course_start__school_id__in=actor.schools(permission), status__in=AT_SCHOOL)
    )


def with_facts(choices: QuerySet[Choice]) -> QuerySet[Choice]:
    """Join what `Choice.facts` and the pages read."""
    return choices.select_related(
        "application",
        "authority",
        "student",
        "course_start__course",
        "course_start__school__authority",
        "course_start__round__period",
        "condition__required",
    )


def get_for(actor: Actor, uuid: UUID) -> Choice:
    """Return one choice that the actor reaches, or raise Http404."""
    return get_object_or_404(with_facts(readable_by(actor)), uuid=uuid)


def filtered(
    choices: QuerySet[Choice],
    *,
    today: date,
    state: str = "alla",
    outcome: str = "",
    returned_as: str = "",
    school: UUID | None = None,
    start: date | None = None,
    text: str = "",
) -> QuerySet[Choice]:
    """Keep the choices that the list's filters name. A protected person is found by her alias and number only."""
    choices = choices.filter(states_on(today)[state])
    if returned_as:
        choices = choices.filter(returned_as=returned_as)
    if outcome:
        choices = choices.filter(outcome=outcome)
    if school:
        choices = choices.filter(course_start__school__uuid=school)
    if start:
        choices = choices.filter(course_start__starts_on=start)
    for word in text.split():
        choices = choices.filter(_holds(word))
    return choices


@dataclass(frozen=True)
class StateTab:
    """One state of the list, and how many stand in it. The default state is left out of the address."""

    name: str
    count: int
    is_on: bool
    in_address: str | None


def state_tabs(choices: QuerySet[Choice], filters: dict[str, Any], *, is_default: str, today: date) -> list[StateTab]:
    """Return the states of the list as links, counted within the other filters, in one query.

    That schools lack agreements is a state only when somebody waits at one.
    """
    within = filtered(choices, today=today, **(filters | {"state": "alla"}))
    conditions = {name: state for name, state in states_on(today).items() if name != "alla"}
    counted = within.aggregate(**{name: Count("pk", filter=state) for name, state in conditions.items()})
    tabs = [
        StateTab(name, counted[name], name == filters["state"], None if name == is_default else name)
        for name in conditions
        if name != WITHOUT_AGREEMENT or counted[name] or filters["state"] == name
    ]
    return [*tabs, StateTab("alla", within.count(), filters["state"] == "alla", "alla")]


def start_dates(choices: QuerySet[Choice], *, today: date, shows_inactive: bool) -> list[date]:
    """Return the start dates among the choices, first one first; of courses that are over only to who shows them."""
    rows = choices if shows_inactive else choices.filter(course_start__ends_on__gte=today)
    days = rows.order_by("course_start__starts_on").values_list("course_start__starts_on", flat=True)
    return list(days.distinct())


def living_choices_of(course_start_id: int) -> QuerySet[Choice]:
    """Return the choices, sent in, that may still become or are a place on the course start; by number."""
    living = [C.SUBMITTED.value, C.DECIDED.value, C.DISTRIBUTED.value, C.PLACED.value]
    rows = with_facts(Choice.objects.filter(course_start_id=course_start_id, status__in=living))
    return rows.exclude(STATES["avslag"]).order_by("application__number", "pk")


def own_choices(user_id: int) -> QuerySet[Choice]:
    """Return a person's own choices at every authority, newest first."""
    return with_facts(Choice.objects.filter(student__user_id=user_id)).order_by("-application__created_at", "-pk")


def get_own(user_id: int, uuid: UUID) -> Choice:
    """Return one of a person's own choices, or raise Http404."""
    return get_object_or_404(own_choices(user_id), uuid=uuid)


def own_choice_of(user_id: int, course_start: CourseStart) -> Choice | None:
    """Return the person's living choice of this start, if she has one."""
    return own_choices(user_id).filter(course_start=course_start).exclude(STATES["atertagna"]).first()


def known_contact(user: User, course_start: CourseStart) -> dict[str, str]:
    """Return the contact details that a person has at the authority of the course start, else her account's."""
    record = people.own_records(user.pk).filter(authority_id=course_start.school.authority_id).first()
    return {"email": record.email or user.email, "phone": record.phone} if record else {"email": user.email}


def contact_of(choice: Choice) -> dict[str, str]:
    """Return what stands in the application, to fill in its form."""
    row = choice.application
    return {"email": row.email, "phone": row.phone, "goal": row.goal, "message": row.message}


def against_applying(user: User, course_start: CourseStart, *, today: date) -> list[Reason]:
    """Return every reason why this person may not apply to the start now."""
    missing = [] if user.personnummer else [Reason("people.personnummer_missing")]
    return missing + against_applying_to_start(course_start, today=today)


def to_distribute(actor: Actor) -> QuerySet[Choice]:
    """Return the choices, sent in, of the authorities where the actor may distribute; by number."""
    reached = Choice.objects.filter(authority_id__in=actor.authorities(Permission.DISTRIBUTE)).exclude(_never_sent())
    return reached.select_related("authority", "student").order_by("application__number", "pk")


def chosen(choices: QuerySet[Choice], uuids: list[str]) -> QuerySet[Choice]:
    """Return those among the choices that were ticked."""
    return choices.filter(uuid__in=uuids)


def of_numbers(actor: Actor, numbers: Collection[str]) -> dict[str, list[Choice]]:
    """Return, by personnummer, the choices to distribute; what else she has sent in where none waits for it.

    As in every list a protected person is found by her alias only, never by her number.
    """
    open_states = [C.SUBMITTED.value, C.DECIDED.value, C.RETURNED.value]
    rows = to_distribute(actor).filter(student__listed_personnummer__in=numbers, status__in=open_states)
    found: dict[str, list[Choice]] = defaultdict(list)
    for choice in rows:
        found[choice.student.listed_personnummer].append(choice)
    return {number: [c for c in choices if _waits(c)] or choices for number, choices in found.items()}


def _waits(choice: Choice) -> bool:
    return choice.status == C.DECIDED and choice.outcome != Outcome.REFUSED


def _never_sent() -> Q:
    """Match drafts, and drafts that were thrown away: they are the applicant's own."""
    return Q(application__submitted_at__isnull=True)


def _holds(word: str) -> Q:
    found = (
        people.found_by(word, student="student__")
        | Q(course_start__course__code__icontains=word)
        | Q(course_start__course__name__icontains=word)
    )
    digits = word.replace("-", "")
    if digits.isdigit() and digits.isascii() and len(digits) < 9:
        found |= Q(application__number=int(digits))
    return found
