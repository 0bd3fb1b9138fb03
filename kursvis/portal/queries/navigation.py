"""The few numbers in the navigation, for one query."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.models import User
from kursvis.accounts.queries import activation, saved_forms
from kursvis.admissions import queries as admissions
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus
from kursvis.core import time
from kursvis.grades.models import Catalogue
from kursvis.grades.rules import CatalogueStatus
from kursvis.people.models import Student

P = Permission


@dataclass(frozen=True)
class Numbers:
    """How much waits behind the pages; is she a student, and is anything kept of this page's forms."""

    is_student: bool
    has_saved_form: bool
    waiting: dict[str, int]


def numbers(actor: Actor, *, path: str = "") -> Numbers:
    """Count the applications to decide, the applicants to place and the catalogues on their way to the municipality.

    Beside them: is the person a student, and is anything that she wrote on the page `path` kept since a time-out?
    """
    arriving = [CatalogueStatus.SENT.value, CatalogueStatus.SIGNED.value, CatalogueStatus.RECEIVED.value]
    counted: dict[str, tuple[Permission, QuerySet[Any]]] = {
        "applications": (
            P.DECIDE_RECEPTION,
            Choice.objects.filter(admissions.TO_DECIDE, authority_id__in=actor.authorities(P.DECIDE_RECEPTION)),
        ),
        "placing": (
            P.PLACE,
            Choice.objects.filter(
                course_start__school_id__in=actor.schools(P.PLACE), status=ChoiceStatus.DISTRIBUTED.value
            ),
        ),
        "catalogues": (
            P.RECEIVE_CATALOGUES,
            Catalogue.objects.filter(authority_id__in=actor.authorities(P.RECEIVE_CATALOGUES), status__in=arriving),
        ),
        "activation": (P.ACTIVATE_STAFF, activation.requests(actor)),
    }
    wanted = {name: counted_inside(rows) for name, (permission, rows) in counted.items() if actor.holds(permission)}
    is_student = Exists(Student.objects.filter(user_id=actor.user_id or 0))
    kept = Exists(saved_forms.own(actor.user_id, now=time.real_now()).filter(path=path, fields__has_key="forms"))
    row = User.objects.filter(pk=actor.user_id or 0).values(is_student=is_student, has_saved_form=kept, **wanted)
    found: dict[str, Any] = dict(row.get())
    own = {name: bool(found.pop(name)) for name in ("is_student", "has_saved_form")}
    return Numbers(**own, waiting=found)


def counted_inside(rows: "QuerySet[Any]") -> Coalesce:
    """Return the number of rows as an expression of a larger query."""
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
