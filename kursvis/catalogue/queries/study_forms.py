"""Study forms as the municipality names them in its register; the kinds are national, and so are the public filters."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.core.forms import labelled
from kursvis.organisation.models import RegisterEntry, School
from kursvis.organisation.queries import registers
from kursvis.organisation.rules.registers import Register, in_force


def study_forms_to_offer(
    schools: "QuerySet[School]", rounds: Iterable[Round], *, also: Iterable[date] = (), chosen: str = ""
) -> list[tuple[str, str]]:
    """Return the kinds that the schools' municipalities use at the start of any of the rounds, by their own names.

    `also`: the other days on which a course may start, first and last, where there is continuous admission.
    `chosen` is a draft's kind: it stays among the choices when it is no longer used, and is then refused with a reason.
    """
    days = sorted({*(round_.starts_on for round_ in rounds), *also})
    entries = RegisterEntry.objects.filter(
        register=Register.STUDY_FORM.value, authority_id__in=schools.order_by().values("authority_id")
    )
    names: dict[str, list[str]] = {}
    for entry in entries.order_by("name_key", "pk"):
        if any(in_force(entry.facts(), day=day) for day in days):
            names.setdefault(entry.meaning, []).append(_named(entry, days))
    found = [(kind, " / ".join(dict.fromkeys(of_kind))) for kind, of_kind in names.items()]
    return found if not chosen or chosen in names else [*found, *labelled("study_form", [StudyForm(chosen)])]


def first_and_last_of(periods: Iterable[Period]) -> list[date]:
    """Return the first and last days that each period of continuous admission lets a course start on."""
    return [day for period in periods for day in (period.opens_on, period.last_start_on) if day]


def _named(entry: RegisterEntry, days: list[date]) -> str:
    bounds = [_("från {day}").format(day=entry.starts_on)] if entry.starts_on > days[0] else []
    if entry.ends_on and entry.ends_on < days[-1]:
        bounds.append(_("till {day}").format(day=entry.ends_on))
    return f"{entry.name} ({', '.join(bounds)})" if bounds else entry.name


def name_study_forms(rows: Iterable[CourseStart]) -> None:
    """Set what each row's study form is called by its municipality, for one query."""
    shown = list(rows)
    names = registers.names_of({row.authority_id for row in shown}, Register.STUDY_FORM)
    for row in shown:
        row.study_form_name = names.get((row.authority_id, row.study_form), "")
