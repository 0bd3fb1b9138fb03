"""What the frame around every page shows: navigation by process, who is logged in, the demo's date."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from kursvis.access.actors import Person
from kursvis.access.rules import Permission
from kursvis.accounts.queries import idle as sessions
from kursvis.accounts.rules.idle import WARNED_BEFORE, seconds_left
from kursvis.core import time
from kursvis.core.wording import label
from kursvis.portal import addresses
from kursvis.portal.queries import navigation
from kursvis.portal.queries.log.as_it_was import DATED
from kursvis.portal.queries.log.records import BY_PAGE


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame for templates; for who is not logged in only the demo's date."""
    shown: dict[str, Any] = {}
    if settings.DEMO:
        shown = {"demo_date": time.today(), "demo_date_url": reverse("demo:clock")}
        shown["demo_mailbox_url"] = reverse("demo:mailbox")
    actor: Person | None = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return shown
    path = request.get_full_path()
    numbers = cache(lambda: navigation.numbers(actor, path=path))
    inside = {
        "sections": cache(lambda: _sections(request.path, actor, numbers())),
        "idle": _idle(request, numbers),
        "user_name": actor.name,
        "unit_and_role": _unit_and_role(actor),
        "home_url": reverse("portal:start"),
        "search_url": reverse("portal:search"),
        "record_links": cache(lambda: _record_links(request, actor)),
        "search_text": _("Sök person, grupp eller kurs") if actor.is_staff else _("Sök kurser"),
    }
    return shown | {"frame": inside | shown}


def _record_links(request: HttpRequest, actor: Person) -> list[tuple[str, str]]:
    """Return the ways from a row's page to its log and to what it was on a day, for who may go there."""
    match = request.resolver_match
    kind = BY_PAGE.get(match.view_name) if match else None
    if match is None or kind is None:
        return []
    links = []
    if actor.holds(Permission.READ_LOG):
        links.append((_("Hela loggen"), reverse(kind.log_page, kwargs=match.kwargs)))
    if kind in (dated.kind for dated in DATED):
        links.append((_("Som det var den …"), reverse(kind.dated_page, kwargs=match.kwargs)))
    return links


def _unit_and_role(actor: Person) -> str:
    if not actor.held:
        return _("Studerande")
    first, *others = actor.held
    text = f"{first.unit} · {label('role', first.role).text}"
    return f"{text} +{len(others)}" if others else text


def _idle(request: HttpRequest, numbers: Callable[[], navigation.Numbers]) -> dict[str, Any]:
    """Return what the page needs to warn before a time-out; nothing before the session's first page."""
    rest = sessions.rest_of(request.session)
    if rest is None:
        return {}
    return {
        "seconds_left": seconds_left(rest, now=time.real_now()),
        "warned_before": int(WARNED_BEFORE.total_seconds()),
        "user": getattr(request.user, "uuid", ""),
        "path": request.get_full_path(),
        "saved": lambda: numbers().has_saved_form,
        "session_url": reverse("accounts:session"),
        "extend_url": reverse("accounts:extend_session"),
        "keep_url": reverse("accounts:keep_forms"),
        "give_back_url": reverse("accounts:give_back_forms"),
        "ended_url": reverse("accounts:session_ended"),
    }


def _sections(path: str, actor: Person, numbers: navigation.Numbers) -> list[tuple[Any, list[dict[str, Any]]]]:
    sections = [("", [_item(_("Start"), reverse("portal:start"), path)])]
    for title, places in addresses.SECTIONS:
        items = [
            _item(place.label, addresses.of_page(place.name), path, numbers.waiting.get(place.count, 0))
            for place in places
            if place.is_for(actor)
        ]
        sections.append((title, _one_current(items)))
    account = _item(_("Mitt konto"), reverse("accounts:my_account"), path)
    own = [_item(text, addresses.of_page(name), path) for text, name in addresses.OWN_PAGES]
    shown = own if numbers.is_student or not actor.is_staff else []
    sections.append((_("Mina sidor") if actor.is_staff else "", [*shown, account]))
    return [section for section in sections if section[1]]


def _one_current(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let only the nearest page be the current one, where one page's address begins with another's."""
    nearest = max((len(item["url"]) for item in items if item["current"]), default=0)
    return [item | {"current": item["current"] and len(item["url"]) == nearest} for item in items]


def _item(text: Any, url: str, path: str, count: int = 0) -> dict[str, Any]:
    is_current = path == url or (url not in ("", "/") and path.startswith(url))
    return {"label": text, "url": url, "count": count, "current": is_current}
