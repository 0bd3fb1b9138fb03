"""Where the pages of the processes are: for the navigation, and for *Att göra*."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.portal.rules import SearchKind as Kind

P = Permission


@dataclass(frozen=True)
class Place:
    """A page in the navigation, shown to who holds the permission, or one of the others, somewhere.

    `count` names what its number counts.
    """

    label: Any
    name: str
    permission: Permission
    count: str = ""
    others: tuple[Permission, ...] = ()

    def is_for(self, actor: Actor) -> bool:
        """Say whether the actor may open the page."""
        return any(actor.holds(permission) for permission in (self.permission, *self.others))


SECTIONS: list[tuple[Any, list[Place]]] = [
    (
        _("Utbud"),
        [
            Place(_("Kursstarter"), "catalogue:list_course_starts", P.SEE_OFFER),
            Place(_("Ansökningsomgångar"), "catalogue:list_rounds", P.SEE_OFFER),
            Place(_("Paket"), "catalogue:list_packages", P.SEE_OFFER),
            Place(_("Egna kurser"), "catalogue:list_own_courses", P.DECIDE_COURSES),
        ],
    ),
    (
        _("Studerande"),
        [
            Place(_("Studerande"), "portal:students", P.SEE_STUDENTS),
            Place(_("Ansökningar"), "admissions:list", P.SEE_APPLICATIONS, "applications"),
            Place(_("Kursplacering"), "studies:list_placements", P.PLACE, "placing"),
            Place(_("Grupper"), "studies:list_groups", P.SEE_GROUPS),
            Place(_("Skyddade personer"), "portal:protected", P.PROTECT_STUDENTS),
        ],
    ),
    (
        _("Resultat"),
        [
            Place(_("Betyg"), "grades:list_grades", P.SEE_GRADES),
            Place(_("Betygskataloger"), "grades:list_catalogues", P.SEE_GRADES, "catalogues"),
        ],
    ),
    (
        _("System"),
        [
            Place(_("Personal"), "accounts:staff", P.EDIT_STAFF),
            Place(_("Aktivering"), "accounts:activation", P.ACTIVATE_STAFF, "activation"),
            Place(_("Utskick"), "portal:outbox", P.SEE_OUTBOX),
            Place(_("Synpunkter"), "public:list_feedback", P.ANSWER_FEEDBACK),
            Place(_("Körningar"), "work:list", P.DISTRIBUTE, others=(P.EDIT_OFFER, P.PUBLISH_OFFER)),
            Place(_("Loggen"), "portal:log", P.READ_LOG),
            Place(_("Inställningar"), "portal:setup", P.EDIT_SETTINGS, others=(P.EDIT_PRICES,)),
        ],
    ),
]
OWN_PAGES: list[tuple[Any, str]] = [
    (_("Kurser"), "catalogue:search_courses"),
    (_("Mina ansökningar"), "admissions:list_own"),
    (_("Mina studier"), "studies:show_my_studies"),
    (_("Mina betyg"), "grades:my_grades"),
]
TODO = {
    "drafts": "catalogue:list_course_starts?lage=draft&returnerad=nej&startar={tomorrow}",
    "without_offer": "catalogue:list_rounds",
    "sent_back": "catalogue:list_course_starts?lage=draft&returnerad=ja&startar={tomorrow}",
    "to_publish": "catalogue:list_course_starts?lage=submitted&startar={tomorrow}",
    "to_decide": "admissions:list?lage=besluta",
    "to_distribute": "admissions:list?lage=fordela",
    "returned": "admissions:list?lage=returnerade",
    "to_call": "studies:list_placements?kallad=no&fran={today}",
    "to_place": "studies:list_placements?villkor=clear",
    "open_conditions": "studies:list_placements?villkor=open",
    "without_teacher": "studies:list_groups?larare=saknas",
    "to_send": "grades:list_catalogues?lage=created",
    "to_receive": "grades:list_catalogues?lage=sent",
    "to_approve": "grades:list_catalogues?lage=received",
    "roles_to_activate": "accounts:activation",
    "roles_ending": "accounts:staff?lage=tar-slut",
    "without_administrator": "accounts:activation",
    "without_agreement": "catalogue:list_course_starts?avtal=saknas",
    "letters": "portal:outbox?lage=queued&satt=print&egna=ja",
    "protected_letters": "portal:protected_post",
    "readings_to_review": "portal:protected?granska=ja",
    "feedback": "public:list_feedback",
    "own_drafts": "admissions:list_own",
    "own_conditions": "admissions:list_own",
    "own_called": "admissions:list_own",
    "own_grades": "grades:my_grades",
}
"""The page, and the filter, where each kind of thing to do is done: the list has as many rows as the line says."""


def of_todo(code: str, *, today: date) -> str:
    """Return the address of the filtered list where a kind of thing to do is done."""
    name, _sign, query = TODO[code].format(today=today, tomorrow=today + timedelta(days=1)).partition("?")
    return f"{of_page(name)}?{query}" if query else of_page(name)


def of_grades(group: UUID) -> str:
    """Return the address of a group's grades."""
    return reverse("grades:group", args=[group])


_HITS = {
    Kind.PERSONS: ("portal:person", "portal:students", ""),
    Kind.APPLICATIONS: ("admissions:show", "admissions:list", "&lage=alla"),
    Kind.GROUPS: ("studies:show_group", "studies:list_groups", ""),
    Kind.COURSE_STARTS: ("catalogue:show_course_start", "catalogue:list_course_starts", ""),
    Kind.STAFF: ("accounts:person", "accounts:staff", ""),
}
"""Where the search leads: to one row of a kind, and to the list of all that fit."""


def of_hit(kind: Kind, uuid: UUID) -> str:
    """Return the address of something that the search has found."""
    return reverse(_HITS[kind][0], args=[uuid])


def of_all(kind: Kind, text: str) -> str:
    """Return the address of the list of everything of a kind that fits the text."""
    _one, name, also = _HITS[kind]
    return f"{reverse(name)}?{urlencode({'q': text})}{also}"


def of_page(name: str) -> str:
    """Return a page's address."""
    return reverse(name)
