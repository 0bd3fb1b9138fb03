"""*Att göra*: what waits for a person, most urgent first, each leading to the list where the step is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kursvis.access.actors import Person
from kursvis.portal import addresses
from kursvis.portal.queries import work
from kursvis.portal.rules import CATALOGUE_AFTER_END, Urgency, urgency

KINDS = {
    "drafts": (gettext_lazy("Kursstarter att skicka in"), gettext_lazy("utbudet ska vara inne {day}")),
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
    "letters": (gettext_lazy("Brev att skriva ut"), gettext_lazy("det äldsta från {day}")),
    "own_drafts": (gettext_lazy("Ansökan är inte skickad"), gettext_lazy("sista ansökningsdag {day}")),
    "own_conditions": (gettext_lazy("Betyg som saknas för din plats"), gettext_lazy("kursstart {day}")),
    "own_called": (gettext_lazy("Du är kallad"), gettext_lazy("kursstart {day}")),
    "own_grades": (gettext_lazy("Betyg på väg till kommunen"), gettext_lazy("betygsdatum {day}")),
}
"""Title, and what the day is that it counts from."""

NOT_URGENT = frozenset({"sent_back", "letters", "own_called", "own_grades"})
"""What waits, but not for a day."""


@dataclass(frozen=True)
class Todo:
    """One line of *Att göra*."""

    code: str
    count: int
    day: date | None
    urgency: Urgency
    url: str
    group: str = ""

    @property
    def title(self) -> str:
        """Say what is to be done."""
        return str(KINDS[self.code][0])

    @property
    def detail(self) -> SafeString:
        """Say what the day means."""
        day = format_html('<span class="nowrap">{}</span>', self.day)
        return format_html(str(KINDS[self.code][1]), day=day, group=self.group)

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
    counts = work.offer(actor, today=today) | work.choices(actor, today=today) | work.groups(actor)
    counts |= (
        work.catalogues(actor) | work.letters(actor) | work.own_choices(actor, today=today) | work.own_grades(actor)
    )
    found = [*_found(counts, today), *_grading(work.grading(actor, today=today), today)]
    return sorted(found, key=lambda todo: (_due(todo.code, todo.day) or date.max, -todo.count, todo.group))


def _found(counts: work.Counts, today: date) -> Iterator[Todo]:
    for code in KINDS:
        if counts.get(code):
            day = counts[f"{code}_due"]
            yield _todo(code, counts[code], day, today, url=addresses.of_todo(code, today=today))


def _grading(rows: list[work.GroupWork], today: date) -> Iterator[Todo]:
    for row in rows:
        yield _todo(row.code, row.count, row.due, today, url=addresses.of_grades(row.group), group=row.name)


def _todo(code: str, count: int, day: date | None, today: date, **where: Any) -> Todo:
    return Todo(code, count, day, urgency(_due(code, day), today=today), **where)


def _due(code: str, day: date | None) -> date | None:
    if day is None or code in NOT_URGENT:
        return None
    if code in ("to_set", "to_lock", "to_print", "to_send", "to_receive", "to_approve"):
        return day + CATALOGUE_AFTER_END
    return day
