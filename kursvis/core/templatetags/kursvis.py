"""Template tags of the design system; each tag's look is shown on the gallery page."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.template.loader_tags import BlockNode
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kursvis.core import wording
from kursvis.core.glyphs import TONE_SHAPES, drawing
from kursvis.core.reasons import Reason

register = template.Library()

_MESSAGE_TONES = {"success": "ok", "warning": "warn", "error": "bad"}
_THEMES = ("light", "dark")
_DOTS = " …."
Reasons = Sequence[Reason | str]


@register.simple_tag(takes_context=True)
def repeat_block(context: Context, name: str) -> SafeString:
    """Render the page's block `name` once more (Django allows a block only once in a template)."""
    return BlockNode(name, template.NodeList()).render(context)


@register.simple_tag(takes_context=True)
def theme_attribute(context: Context) -> SafeString:
    """Write data-theme on <html> when the reader chose light or dark (cookie `theme`)."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme") if request else None
    return format_html(' data-theme="{}"', chosen) if chosen in _THEMES else mark_safe("")


@register.simple_tag
def glyph(name: str) -> SafeString:
    """Draw a sign (a shape or a tone), hidden from screen readers."""
    return drawing(name)


@register.filter
def message_tone(level_tag: str) -> str:
    """Translate a Django message level to a tone of the design system."""
    return _MESSAGE_TONES.get(level_tag, "info")


@register.filter
def sentence(reason: Reason | str) -> str:
    """Say a reason in Swedish; a text is passed through."""
    return wording.sentence(reason) if isinstance(reason, Reason) else str(reason)


@register.filter
def label(value: Any, kind: str) -> str:
    """Say a state in Swedish: `{{ grade.status|label:"grade" }}`."""
    return str(wording.label(kind, value).text)


@register.inclusion_tag("components/badge.html")
def badge(tone: str, text: str, shape: str = "") -> dict[str, Any]:
    """Show a badge; `shape` replaces the tone's own sign, "none" leaves it out."""
    return {"tone": tone, "text": text, "shape": shape or TONE_SHAPES[tone]}


@register.inclusion_tag("components/badge.html")
def status(kind: str, value: Any) -> dict[str, Any]:
    """Show a state as a badge with the wording and tone its app gave it."""
    found = wording.label(kind, value)
    return {"tone": found.tone, "text": found.text, "shape": TONE_SHAPES[found.tone]}


@register.inclusion_tag("components/step.html", takes_context=True)
def step(
    context: Context,
    url: str,
    label: str,
    reasons: Reasons = (),
    kind: str = "secondary",
    small: bool = False,
    confirm: str = "",
    **fields: Any,
) -> dict[str, Any]:
    """Show one step as a POST form with one button; greyed with the sentences under it when there are reasons.

    `confirm` is a sentence about the effect, opened before the button that does it.
    Other keywords become hidden fields.
    """
    return {
        "url": url,
        "label": label,
        "reasons": reasons,
        "button_class": _button_class(kind, small),
        "confirm": confirm,
        "opening_label": f"{str(label).rstrip(_DOTS)} …",
        "confirm_label": _("Ja, %(label)s") % {"label": _lower_first(str(label).rstrip(_DOTS))},
        "confirm_class": _button_class("danger" if kind == "danger" else "primary", small),
        "fields": fields,
        "why": _new_id("why"),
    }


@register.inclusion_tag("components/submit.html")
def submit(
    label: str,
    reasons: Reasons = (),
    kind: str = "primary",
    small: bool = False,
    name: str = "",
    value: str = "",
) -> dict[str, Any]:
    """Show a submit button inside a form of your own; greyed with the sentences under it when there are reasons."""
    return {
        "label": label,
        "reasons": reasons,
        "button_class": _button_class(kind, small),
        "name": name,
        "value": value,
        "why": _new_id("why"),
    }


@register.inclusion_tag("components/trail.html")
def trail(*parts: str) -> dict[str, Any]:
    """Show where the page stands: text, address, text, address …; a last text without address is this page."""
    padded = [*parts, ""] if len(parts) % 2 else [*parts]
    return {"parts": list(zip(padded[::2], padded[1::2], strict=True))}


@register.inclusion_tag("components/tracker.html")
def tracker(steps: Sequence[Any]) -> dict[str, Any]:
    """Show steps with label, date (or None) and state: done, now, todo or later."""
    return {"steps": steps}


@register.filter
def tracker_state(state: str) -> str:
    """Say a tracker step's state."""
    words = {
        "done": _("klart"),
        "now": _("pågår"),
        "todo": _("återstår"),
        "later": _("kommer senare"),
    }
    return words[state]


@register.inclusion_tag("components/timeline.html")
def timeline(events: Sequence[Any]) -> dict[str, Any]:
    """Show what happened: events with at, text, who and optionally detail."""
    return {"events": events}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """Say that there is nothing here, and what to do about it."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.filter
def moment(at: date | datetime) -> str:
    """Write a point of time as 2026-11-23 15:04 (Swedish time), a date as 2026-11-23."""
    if isinstance(at, datetime):
        return _local(at).strftime("%Y-%m-%d %H:%M")
    return at.isoformat()


@register.filter
def machine_time(at: date | datetime) -> str:
    """Write a point of time for the datetime attribute of <time>."""
    return _local(at).isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: Context, label: str, name: str, numeric: bool = False) -> dict[str, Any]:
    """Show a column header that sorts: `?ordning=name`, then backwards with `-name`."""
    current = _query(context).get("ordning", "")
    directions = {name: "ascending", f"-{name}": "descending"}
    wanted = f"-{name}" if current == name else name
    return {
        "label": label,
        "numeric": numeric,
        "direction": directions.get(current, ""),
        "url": _address(context, {"ordning": wanted, "sida": None}),
    }


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int) -> str:
    """Return this list's address with another page number."""
    return _address(context, {"sida": number})


def _address(context: Context, changes: Mapping[str, Any]) -> str:
    query = _query(context).copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request else QueryDict()


def _button_class(kind: str, small: bool) -> str:
    names = ["button"]
    if kind != "secondary":
        names.append(f"button--{kind}")
    if small:
        names.append("button--small")
    return " ".join(names)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _new_id(prefix: str) -> str:
    return f"{prefix}-{secrets.token_hex(4)}"


def _local(at: datetime) -> datetime:
    return timezone.localtime(at) if timezone.is_aware(at) else at
