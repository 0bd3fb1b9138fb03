"""What is typed about colleagues: who they are, and which roles they are to have."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kursvis.access.rules import SCHOOL_ROLES, Role
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.queries.staff import ENDS_SOON, StaffFilter
from kursvis.accounts.rules.staff import StaffState
from kursvis.accounts.services.staff import Colleague
from kursvis.core import personnummer as numbers
from kursvis.core.forms import DateInput, labelled
from kursvis.core.wording import sentence
from kursvis.organisation.models import Authority, School

IN_ADDRESS = {
    "aktiva": StaffState.ACTIVE.value,
    "inbjudna": StaffState.INVITED.value,
    "vantar": StaffState.WAITING.value,
    "lasta": StaffState.LOCKED.value,
    "tar-slut": ENDS_SOON,
    "kan-inte-logga-in": StaffState.CANNOT_LOG_IN.value,
    "avslutade": StaffState.ENDED.value,
}
"""The words that stand for a state in the address of the list."""


class StaffFilterForm(forms.Form):
    """The filters in the address of the list. What cannot be read narrows nothing."""

    q = forms.CharField(required=False, max_length=100)
    skola = forms.UUIDField(required=False)
    roll = forms.ChoiceField(required=False, choices=[(role.value, role.value) for role in Role])
    lage = forms.ChoiceField(required=False, choices=[(word, word) for word in IN_ADDRESS])

    def wanted(self) -> StaffFilter:
        """Return what the list is narrowed to."""
        self.is_valid()
        given = self.cleaned_data
        return StaffFilter(
            text=(given.get("q") or "").strip(),
            school=given.get("skola"),
            role=given.get("roll") or "",
            state=IN_ADDRESS.get(given.get("lage") or "", ""),
        )


class PersonnummerField(forms.CharField):
    """A personnummer or samordningsnummer, long or short, checked as it is typed (R03)."""

    today = date.max

    def clean(self, value: Any) -> str:
        """Return the twelve digits. Raises what is wrong: length, date or check digit."""
        number = numbers.normalised(super().clean(value), today=self.today)
        reasons = numbers.against(number) if number else []
        if reasons:
            raise forms.ValidationError([sentence(reason) for reason in reasons])
        return number


class PersonForm(forms.Form):
    """Who a colleague is."""

    personnummer = PersonnummerField(
        label=_("Personnummer"), max_length=20, help_text=_("Personnummer eller samordningsnummer: ÅÅÅÅMMDD-NNNN.")
    )
    first_name = forms.CharField(label=_("Förnamn"), max_length=80)
    last_name = forms.CharField(label=_("Efternamn"), max_length=80)
    title = forms.CharField(
        label=_("Titel"),
        max_length=80,
        required=False,
        help_text=_("Skrivs på betygskataloger, till exempel Legitimerad lärare."),
    )
    email = forms.EmailField(label=_("E-post"), help_text=_("Hit skickas länkar till kontot."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["personnummer"].today = today  # type: ignore[attr-defined]


class _Roles(forms.Form):
    """At which unit, which roles, and when."""

    unit = forms.ChoiceField(label=_("Var"))
    roles = forms.MultipleChoiceField(label=_("Roller"), widget=forms.CheckboxSelectMultiple)
    starts_on = forms.DateField(label=_("Första dag"), widget=DateInput())
    ends_on = forms.DateField(
        label=_("Sista dag"), widget=DateInput(), required=False, help_text=_("Lämna tomt för tills vidare.")
    )

    def add_units(self, schools: "QuerySet[School]", authorities: "QuerySet[Authority]", roles: list[Role]) -> None:
        """Offer the units that the actor runs, and the roles that she may ask for."""
        self._schools = {str(school.uuid): school for school in schools.select_related("authority")}
        self._authorities = {str(authority.uuid): authority for authority in authorities}
        units = [(key, school.name) for key, school in self._schools.items()]
        units = [(key, authority.name) for key, authority in self._authorities.items()] + units
        if len(units) > 1:
            units = [("", str(_("Välj …"))), *units]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        named = [(Role(value), capfirst(str(text))) for value, text in labelled("role", roles)]
        at_school = [(role.value, text) for role, text in named if role in SCHOOL_ROLES]
        at_authority = [(role.value, text) for role, text in named if role not in SCHOOL_ROLES]
        both = [(_("På en skola"), at_school), (_("I kommunen"), at_authority)] if at_authority else at_school
        self.fields["roles"].choices = both  # type: ignore[attr-defined]

    def unit_and_period(self) -> dict[str, Any]:
        """Return the unit, the roles and the period, as the services take them."""
        given = self.cleaned_data
        school = self._schools.get(given["unit"])
        return {
            "school": school,
            "authority": school.authority if school else self._authorities[given["unit"]],
            "roles": [Role(role) for role in given["roles"]],
            "starts_on": given["starts_on"],
            "ends_on": given["ends_on"],
        }


class ColleagueForm(PersonForm, _Roles):
    """A new colleague: who she is, and what she is to do where."""

    field_order = ("personnummer", "first_name", "last_name", "title", "email", "unit", "roles", "starts_on", "ends_on")

    def colleague(self, *, is_known: bool) -> Colleague:
        """Return who is to be added, as it was typed."""
        names = ("personnummer", "first_name", "last_name", "title", "email")
        return Colleague(**{name: self.cleaned_data[name] for name in names}, is_known=is_known)


class RoleForm(_Roles):
    """Another role for a colleague."""


class LastDayForm(forms.Form):
    """Another last day of a role."""

    ends_on = forms.DateField(
        label=_("Sista dag"), widget=DateInput(), required=False, help_text=_("Lämna tomt för tills vidare.")
    )


class RefusalForm(forms.Form):
    """Why the municipality refuses a role."""

    why = forms.CharField(
        label=_("Varför får personen inte rollen?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        help_text=_("Skolan får läsa det, på kontot och i ett mejl."),
    )


def initial_of(user: User) -> dict[str, Any]:
    """Return what the form shows when a person is edited."""
    names = ("first_name", "last_name", "title", "email")
    number = numbers.shown(user.personnummer) if user.personnummer else ""
    return {**{name: getattr(user, name) for name in names}, "personnummer": number}


def initial_last_day(assignment: Assignment) -> dict[str, Any]:
    """Return what the form for a last day shows."""
    return {"ends_on": assignment.ends_on}
