"""How a lesson's day and times are written on the pages of the open catalogue."""

from django import template
from django.utils.translation import gettext as _

from kursvis.catalogue.rules.weekly_pattern import DAYS, Lesson, Pattern, written
from kursvis.core.wording import label

register = template.Library()


@register.filter
def clock(minutes: int) -> str:
    """Write minutes since midnight as a time: *17.30*."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}.{rest:02d}"


@register.filter
def lesson(meeting: Lesson) -> str:
    """Write a lesson with its day: *måndag 17.30–20.30*."""
    return f"{label('weekday', meeting.day).text} {clock(meeting.starts)}–{clock(meeting.ends)}"


@register.filter
def in_words(pattern: Pattern) -> str:
    """Write a weekly pattern in the page's language: *Tisdag och torsdag 17.30–20.30*."""
    days = {day: str(label("weekday", day).text) for day in DAYS}
    said = written(pattern, days=days, conjunction=_("och"))
    return said[:1].upper() + said[1:]
