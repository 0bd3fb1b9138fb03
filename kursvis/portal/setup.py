"""The sections of *Inställningar*: where everything that a municipality decides is decided."""

from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.core.wording import label
from kursvis.organisation.rules.registers import PRICED, Register
from kursvis.portal.addresses import of_page

P = Permission


@dataclass(frozen=True)
class Section:
    """One section: what it is called, what is decided there, its page, and who decides or reads it."""

    title: Any
    about: Any
    name: str
    permissions: tuple[Permission, ...] = (P.EDIT_SETTINGS,)
    query: str = ""

    @property
    def url(self) -> str:
        """Return the page's address."""
        return of_page(self.name) + self.query

    def is_for(self, actor: Actor) -> bool:
        """Say whether the actor may open the page."""
        return any(map(actor.holds, self.permissions))


def _register(register: Register) -> Section:
    permissions = (P.EDIT_SETTINGS, P.EDIT_PRICES) if register in PRICED else (P.EDIT_SETTINGS,)
    title, about = label("register", register).text, label("register_about", register).text
    return Section(
        title, about, "organisation:list_entries", permissions, f"?{urlencode({'register': register.value})}"
    )


def _units() -> list[Section]:
    return [
        Section(
            _("Huvudman"),
            _("Namn, kontaktuppgifter och postadress för betygskataloger."),
            "organisation:list_authorities",
        ),
        Section(_("Anordnare"), _("De som driver skolorna."), "organisation:list_providers"),
        Section(_("Skolor"), _("Uppgifter, prefix och avtal för varje skola."), "organisation:list_schools"),
        Section(_("Avtal"), _("Alla skolors avtal och deras sista dagar."), "organisation:list_agreements"),
        Section(_("Delegationer"), _("Vem som får besluta vad, från när till när."), "accounts:delegations"),
        Section(
            _("Sätt att logga in"),
            _("Kommunens katalog, och hur personalen får visa vem den är."),
            "accounts:login_ways",
        ),
    ]


def _offer() -> list[Section]:
    prices = (P.EDIT_PRICES,)
    return [
        Section(_("Ansökningsomgångar"), _("Perioder och omgångar med sina datum."), "catalogue:list_rounds"),
        Section(
            _("Kursregister"), _("Kurserna som skolorna kan välja. En ny utgåva visas först."), "catalogue:register"
        ),
        Section(
            _("Egna kurser"),
            _("Lokala delkurser och individuella kurser."),
            "catalogue:list_own_courses",
            (P.DECIDE_COURSES,),
        ),
        Section(_("Prislistor"), _("Vad en poäng kostar i varje bransch."), "organisation:list_price_lists", prices),
        Section(_("Tider och gränser"), _("Kallelser, betyg och inloggning."), "organisation:list_settings"),
    ]


def sections(actor: Actor) -> list[tuple[Any, list[Section]]]:
    """Return the sections that the actor may open, under their headings."""
    every = [
        (_("Organisation"), _units()),
        (_("Utbud, priser och tider"), _offer()),
        (_("Register"), [_register(register) for register in Register]),
    ]
    shown = [(title, [section for section in found if section.is_for(actor)]) for title, found in every]
    return [(title, found) for title, found in shown if found]
