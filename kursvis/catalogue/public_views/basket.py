"""The basket: course starts that a visitor thinks of applying to, and what they mean together. No login, no script."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kursvis.access.decorators import ActorRequest
from kursvis.accounts.login.entry import next_address
from kursvis.catalogue.basket_cookie import keep_basket, read_basket
from kursvis.catalogue.public_views.week_strip import draw_strip
from kursvis.catalogue.queries import basket as queries
from kursvis.catalogue.rules import basket as rules
from kursvis.core import time
from kursvis.core.address import absolute
from kursvis.core.forms import is_uuid

PAGE = "catalogue:show_basket"


@login_not_required
def show_basket(request: ActorRequest) -> HttpResponse:
    """Show the visitor's basket; with `?kurs=…&kurs=…` the one that a link leads to, which is kept when she says so."""
    asked = _keys(request.GET.getlist("kurs"))
    linked = rules.added([], asked)
    is_linked = "kurs" in request.GET
    found = queries.read_basket(linked if is_linked else read_basket(request), today=time.today())
    context = _meaning(found) | {
        "found": found,
        "with_starts": queries.courses_with_starts(found.builds_on, today=time.today()),
        "is_linked": is_linked,
        "is_kept": is_linked and set(linked) <= set(read_basket(request)),
        "may_apply": bool(found.to_apply_for) and not is_linked,
        "share_url": _share_url(found),
        "most": rules.MOST_COURSES,
        "left_out": len(set(asked)) - len(linked),
    }
    return render(request, "catalogue/basket.html", context)


def _meaning(found: queries.Basket) -> dict[str, Any]:
    weeks = rules.weeks(found.planned)
    return {
        "spans": rules.spans(weeks),
        "strip": draw_strip(weeks),
        "weeks": weeks,
        "clashes": rules.all_clashes(found.planned),
        "twice": rules.twice(found.planned),
        "points": sum(course.points for course in found.planned),
    }


def _share_url(found: queries.Basket) -> str:
    keys = [str(row.course_start.uuid) for row in found.rows]
    return absolute(f"{reverse(PAGE)}?{urlencode({'kurs': keys}, doseq=True)}") if keys else ""


@login_not_required
@require_POST
def add_to_basket(request: ActorRequest) -> HttpResponse:
    """Put published course starts in the basket: one from its page or card, or all of a link."""
    names = queries.published_names(wanted := _keys(request.POST.getlist("kurs")))
    before = read_basket(request)
    basket = rules.added(before, [key for key in wanted if key in names])
    left_out = [name for key, name in names.items() if key not in basket]
    new = basket[len(before) :]
    if len(new) == 1:
        messages.success(request, _("{course} ligger i din korg.").format(course=names[new[0]]))
    elif new:
        messages.success(request, _("{number} kurser till ligger i din korg.").format(number=len(new)))
    if left_out:
        text = _("Korgen rymmer {most} kurser. Det här fick inte plats: {courses}.")
        messages.warning(request, text.format(most=rules.MOST_COURSES, courses=", ".join(left_out)))
    elif not names:
        messages.warning(request, _("Kursstarten visas inte längre. Välj en annan."))
    return keep_basket(_back(request), basket)


@login_not_required
@require_POST
def change_basket(request: ActorRequest) -> HttpResponse:
    """Take course starts out of the basket, move one up, or empty it."""
    keys, basket = _keys(request.POST.getlist("kurs")), read_basket(request)
    match request.POST.get("do"):
        case "up":
            basket = rules.moved_up(basket, keys[0]) if keys else basket
        case "empty":
            basket = []
            messages.info(request, _("Korgen är tom."))
        case _:
            basket = [key for key in basket if key not in keys]
            messages.info(request, _("Borttagen ur korgen."))
    return keep_basket(_back(request), basket)


def _keys(texts: list[str]) -> list[UUID]:
    return [UUID(text) for text in texts if is_uuid(text)]


def _back(request: ActorRequest) -> HttpResponse:
    return redirect(next_address(request) if request.POST.get("next") else reverse(PAGE))
