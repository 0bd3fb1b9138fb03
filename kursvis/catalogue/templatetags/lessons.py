"""How a lesson's day and times are written on the pages of the open catalogue."""

from django import template

from kursvis.catalogue.rules.weekly_pattern import Lesson
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
