"""How the start page greets, by the time of the day."""

from datetime import datetime

from django.utils.translation import gettext as _

from kursvis.core.time import SWEDEN

MORNING_ENDS, EVENING_BEGINS = 10, 18


def of(first_name: str, *, now: datetime) -> str:
    """Return the greeting for this time of the Swedish day."""
    hour = now.astimezone(SWEDEN).hour
    if hour < MORNING_ENDS:
        return _("God morgon, {name}").format(name=first_name)
    if hour >= EVENING_BEGINS:
        return _("God kväll, {name}").format(name=first_name)
    return _("Hej, {name}").format(name=first_name)
