"""*Att göra*: what waits for a person, most urgent first, each leading to the list where the step is done."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kursvis.access.actors import Person
from kursvis.organisation.queries.settings import values_of
from kursvis.organisation.rules.settings import DEFAULTS, Values
from kursvis.portal import addresses
from kursvis.portal.queries import set_up, work
from kursvis.portal.rules import Urgency, catalogue_due, urgency

KINDS = {
    "drafts": (gettext_lazy("Kursstarter att skicka in"), gettext_lazy("utkast av {of} · ska vara inne {day}")),
    "without_offer": (gettext_lazy("Perioder utan utbud från er"), gettext_lazy("utbudet ska vara inne {day}")),
    "sent_back": (gettext_lazy("Kursstarter att rätta"), gettext_lazy("kommunen har skickat tillbaka dem")),
    "to_publish": (gettext_lazy("Kursstarter att granska"), gettext_lazy("katalogen öppnar {day}")),
    "to_decide": (gettext_lazy("Ansökningar att besluta"), gettext_lazy("underlag till skolan {day}")),
    "to_distribute": (gettext_lazy("Sökande att fördela"), gettext_lazy("underlag till skolan {day}")),
    "returned": (gettext_lazy("Returnerade sökande"), gettext_lazy("kursstart {day}")),
    "to_call": (gettext_lazy("Inte kallade"), gettext_lazy("kallelsen ska vara framme {day}")),
    "to_place": (gettext_lazy("Att placera i grupp"), gettext_lazy("kursstart {day}")),
    "open_conditions": (gettext_lazy("Villkor som inte är uppfyllda"), gettext_lazy("kursstart {day}")),
    "without_teacher": (gettext_lazy("Grupper utan lärare"), gettext_lazy("start {day}")),
    "to_set": (gettext_lazy("Betyg att sätta"), gettext_lazy("{group} · kursslut {day}")),
    "to_lock": (gettext_lazy("Betyg att låsa"), gettext_lazy("{group} · kursslut {day}")),
    "to_print": (gettext_lazy("Betyg att lägga i katalog"), gettext_lazy("{group} · betygsdatum {day}")),
    "to_send": (gettext_lazy("Betygskataloger att skicka"), gettext_lazy("betygsdatum {day}")),
    "to_receive": (gettext_lazy("Betygskataloger på väg hit"), gettext_lazy("betygsdatum {day}")),
    "to_approve": (gettext_lazy("Betygskataloger att godkänna"), gettext_lazy("betygsdatum {day}")),
    "roles_to_activate": (gettext_lazy("Roller att aktivera"), gettext_lazy("skolorna väntar sedan {day}")),
    "roles_ending": (gettext_lazy("Roller som tar slut"), gettext_lazy("den första slutar {day}")),
    "without_administrator": (
        gettext_lazy("Skolor utan administratör"),
        gettext_lazy("ingen där kan låsa upp en kollega"),
    ),
    "without_agreement": (gettext_lazy("Kursstarter utan avtal"), gettext_lazy("kursstart {day}")),
    "letters": (gettext_lazy("Brev att skriva ut"), gettext_lazy("det äldsta från {day}")),
    "protected_letters": (gettext_lazy("Brev till skyddade personer att posta"), gettext_lazy("det äldsta från {day}")),
    "readings_to_review": (
        gettext_lazy("Läsningar av skyddade uppgifter att granska"),
        gettext_lazy("ovanligt många, eller utanför läsarens tid, {day}"),
    ),
    "feedback": (gettext_lazy("Synpunkter på tillgängligheten"), gettext_lazy("svara senast {day}")),
    "own_drafts": (gettext_lazy("Ansökan är inte skickad"), gettext_lazy("sista ansökningsdag {day}")),
    "own_conditions": (gettext_lazy("Betyg som saknas för din plats"), gettext_lazy("kursstart {day}")),
    "own_called": (gettext_lazy("Du är kallad"), gettext_lazy("kursstart {day}")),
    "own_grades": (gettext_lazy("Betyg på väg till kommunen"), gettext_lazy("betygsdatum {day}")),
}
"""Title, and what the day is that it counts from."""

CATALOGUES = frozenset({"to_set", "to_lock", "to_print", "to_send", "to_receive", "to_approve"})
"""What is due when the catalogue is."""
NOT_URGENT = frozenset({"sent_back", "letters", "protected_letters", "own_called", "own_grades", "roles_to_activate"})
"""What waits, but not for a day."""


@dataclass(frozen=True)
class Todo:
    """One line of *Att göra*."""

    code: str
    count: int
    day: date | None
    due_on: date | None
    urgency: Urgency
    url: str
    group: str = ""
    of: int = 0

    @property
    def title(self) -> str:
        """Say what is to be done."""
        return str(KINDS[self.code][0])

    @property
    def detail(self) -> SafeString:
        """Say what the day means."""
        day = format_html('<span class="nowrap">{}</span>', self.day)
        return format_html(str(KINDS[self.code][1]), day=day, group=self.group, of=self.of)

    @property
    def due(self) -> str:
        """Say how long is left."""
        days = self.urgency.days
        if days is None:
            return _("väntar")
        if days < 0:
            return _("försenad")
        named = {0: _("i dag"), 1: _("i morgon")}
        return named.get(days) or ngettext("{days} dag", "{days} dagar", days).format(days=days)


def of(actor: Person, *, today: date) -> list[Todo]:
    """Return what waits for the person today, as staff and as student, most urgent first."""
    decided = values_of({held.authority_id for held in actor.held}, on=today)
    counts = work.offer(actor, today=today) | work.choices(actor, today=today) | work.groups(actor, today=today)
    counts |= work.catalogues(actor) | work.letters(actor, today=today) | work.own(actor, today=today)
    counts |= work.readings(actor)
    counts |= set_up.staff(actor, decided, today=today) | set_up.agreements(actor, today=today)
    counts |= set_up.feedback(actor)
    found = [*_found(counts, decided, today), *_grading(work.grading(actor, decided, today=today), decided, today)]
    return sorted(found, key=lambda todo: (todo.due_on or date.max, -todo.count, todo.group))


def _found(counts: work.Counts, decided: Mapping[int, Values], today: date) -> Iterator[Todo]:
    for code in KINDS:
        if counts.get(code):
            day = counts[f"{code}_due"]
            due_on = _due(code, day, decided.values())
            where = {"url": addresses.of_todo(code, today=today), "of": counts.get(f"{code}_of", 0)}
            yield _todo(code, counts[code], day, due_on, today, **where)


def _grading(rows: list[work.GroupWork], decided: Mapping[int, Values], today: date) -> Iterator[Todo]:
    for row in rows:
        due_on = catalogue_due(row.due, decided[row.authority_id])
        url = addresses.of_grades(row.group)
        yield _todo(row.code, row.count, row.due, due_on, today, url=url, group=row.name)


def _todo(code: str, count: int, day: date | None, due_on: date | None, today: date, **where: Any) -> Todo:
    return Todo(code, count, day, due_on, urgency(due_on, today=today), **where)


def _due(code: str, day: date | None, decided: Collection[Values]) -> date | None:
    """Return the day on which something is due; by the strictest of several municipalities, for what they share."""
    if day is None or code in NOT_URGENT:
        return None
    if code in CATALOGUES:
        return min(catalogue_due(day, values) for values in decided or [DEFAULTS])
    return day
