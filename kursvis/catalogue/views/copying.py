"""Copying last period's offer to a new period's dates: shown before, made with one press (issue R11)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.forms.copying import CopyForm, RoundsForm, chosen_in
from kursvis.catalogue.queries import agreement
from kursvis.catalogue.queries import copying as queries
from kursvis.catalogue.services import copying
from kursvis.core import time
from kursvis.organisation.queries import schools_where

P = Permission


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_OFFER)
def copy_offer(request: ActorRequest) -> HttpResponse:
    """Choose schools and periods, see what each course start becomes, and make the chosen ones as drafts."""
    reached = agreement.schools_to_offer(schools_where(request.actor, P.EDIT_OFFER), today=time.today())
    schools, periods = list(reached), list(queries.periods_to_copy(reached))
    data = request.POST or (request.GET if "fran" in request.GET else _proposed(schools, periods))
    form = CopyForm(data, schools=schools, periods=periods)
    if not form.is_valid():
        return render(request, "catalogue/copy.html", {"form": form, "has_periods": len(periods) > 1})
    old, new = form.periods()
    before, after = queries.rounds_of(old), queries.rounds_of(new)
    matching = RoundsForm(data, proposed=queries.proposed_rounds(before, after), rounds=after)
    asked: dict[str, Any] = {"schools": form.schools(), "old": old, "new": new, "rounds": matching.rounds()}
    if request.method == "POST" and (chosen := chosen_in(request.POST)):
        return _copy(request, asked, chosen)
    rows = queries.copies(**asked, today=time.today())
    context = {
        "form": form,
        "matching": matching,
        "going": [row for row in rows if not row.reasons],
        "staying": [row for row in rows if row.reasons],
        "nothing_chosen": request.method == "POST",
        "has_periods": True,
    }
    return render(request, "catalogue/copy.html", context)


def _copy(request: ActorRequest, asked: dict[str, Any], chosen: Any) -> HttpResponseRedirect:
    done = copying.copy_offer(**asked, chosen=chosen, by=request.actor, now=time.now())
    made = sum(not copy.reasons for copy in done)
    text = ngettext(
        "{n} kursstart är upplagd som utkast i {period}.", "{n} kursstarter är upplagda som utkast i {period}.", made
    )
    messages.success(request, text.format(n=made, period=asked["new"].name))
    if made < len(done):
        messages.warning(request, _("{n} kunde inte kopieras.").format(n=len(done) - made))
    return redirect(f"{reverse('catalogue:list_course_starts')}?lage=draft")


def _proposed(schools: list[Any], periods: list[Any]) -> "MultiValueDict[str, str]":
    """Return what the page begins with: every school, from the last period but one to the last."""
    latest = periods[:2]
    found = {"skola": [str(school.uuid) for school in schools]}
    if len(latest) > 1:
        found |= {"till": [str(latest[0].uuid)], "fran": [str(latest[1].uuid)]}
    return MultiValueDict(found)
