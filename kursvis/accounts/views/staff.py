"""Personal: the list, a new colleague in two steps, and a person's particulars (help page R01–R03)."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Action, Permission
from kursvis.accounts.confirm.decorators import confirms
from kursvis.accounts.forms import staff as forms
from kursvis.accounts.queries import colleague as read_one
from kursvis.accounts.queries import staff as read
from kursvis.accounts.services import staff as services
from kursvis.accounts.services import users
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import ordered, page_of
from kursvis.core.reasons import refuse_if
from kursvis.organisation.queries import authorities_where, schools_for_picker, schools_where

if TYPE_CHECKING:
    from kursvis.accounts.models import User

P = Permission
_ORDERS: dict[str, tuple[str, ...]] = {
    "namn": ("name_key",),
    "anvandarnamn": ("user_name",),
    "inloggad": ("logged_in_at", "name_key"),
}


@requires(P.EDIT_STAFF)
def list_staff(request: ActorRequest) -> HttpResponse:
    """Show the staff of the actor's units: who they are, what they hold there, and whether they get in."""
    today, form = time.today(), forms.StaffFilterForm(request.GET)
    wanted = form.wanted()
    counts = read.counts_by_state(request.actor, wanted, today=today)
    shown = {
        "page": page_of(
            request, ordered(read.staff(request.actor, wanted, today=today), request.GET.get("ordning"), _ORDERS)
        ),
        "wanted": wanted,
        "states": [(word, state, counts.get(state, 0)) for word, state in forms.IN_ADDRESS.items()],
        "schools": schools_for_picker(request.actor, P.EDIT_STAFF, today=today),
        "roles": read.roles_to_give(request.actor),
    }
    return render(request, "accounts/staff.html", shown)


@requires(P.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS, when=lambda request: request.POST.get("step") == "save")
def add_colleague(request: ActorRequest) -> HttpResponse:
    """Take in a new colleague, show her user name before anything is saved, then save (R02)."""
    form, step = _colleague_form(request), request.POST.get("step")
    if step == "save" and form.is_valid() and (user := attempt(form, lambda: _add(request, form))):
        messages.success(request, _("{name} är upplagd.").format(name=user.full_name))
        return redirect("accounts:person", user.uuid)
    if step == "review" and form.is_valid():
        attempt(form, lambda: _count(request, form))
    if step == "review" and form.is_valid():
        who, wanted = form.colleague(is_known=False), form.unit_and_period()
        review = read_one.review(who.personnummer, (who.first_name, who.last_name), **wanted, actor=request.actor)
        attempt(form, lambda: refuse_if(review.reasons))
        if form.is_valid():
            shown = {"form": form, "who": who, "review": review, "wanted": wanted}
            return render(request, "accounts/staff_review.html", shown)
    return render(request, "accounts/staff_form.html", {"form": form})


def _colleague_form(request: ActorRequest) -> forms.ColleagueForm:
    initial = {"starts_on": time.today(), "unit": request.GET.get("skola")}
    form = forms.ColleagueForm(request.POST or None, today=time.today(), initial=initial)
    form.add_units(
        schools_where(request.actor, P.EDIT_STAFF),
        authorities_where(request.actor, P.EDIT_STAFF),
        read.roles_to_give(request.actor),
    )
    return form


def _count(request: ActorRequest, form: forms.PersonForm) -> None:
    services.count_lookup(personnummer=form.cleaned_data["personnummer"], by=request.actor)


def _add(request: ActorRequest, form: forms.ColleagueForm) -> "User":
    _count(request, form)
    colleague = form.colleague(is_known=request.POST.get("known") == "yes")
    return services.add_colleague(colleague=colleague, **form.unit_and_period(), by=request.actor, now=time.now())


@requires(P.EDIT_STAFF)
@confirms(Action.CHANGE_ACCOUNTS)
def edit_person(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change a colleague's name, title, e-mail and personnummer."""
    today = time.today()
    user = read.get_colleague(request.actor, uuid, today=today)
    against = read_one.against_editing(user, request.actor, today=today)
    initial = {} if against else forms.initial_of(user)
    form = forms.PersonForm(request.POST or None, today=today, initial=initial)
    if form.is_valid() and attempt(form, lambda: _edit(request, user, form)):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("accounts:person", uuid)
    return render(request, "accounts/person_edit.html", {"form": form, "person": user, "against": against})


def _edit(request: ActorRequest, user: Any, form: forms.PersonForm) -> bool:
    if form.cleaned_data["personnummer"] != user.personnummer:
        _count(request, form)
    users.edit_user(user=user, **form.cleaned_data, by=request.actor, now=time.now(), today=time.today())
    return True
