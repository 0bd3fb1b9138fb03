"""What a reminder says: what waits, by which day, and where it is done. It names no student."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kursvis.core.address import absolute
from kursvis.portal import addresses, todo
from kursvis.portal.rules.reminders import Reminder


def reminder(first_name: str, reminders: Sequence[Reminder], *, today: date) -> tuple[str, str]:
    """Return subject and text of an e-mail about what waits for days that are near."""
    n = len(reminders)
    subject = ngettext(
        "Påminnelse: {n} sak har snart sin sista dag", "Påminnelse: {n} saker har snart sin sista dag", n
    )
    lines = [
        _("Hej {name}!").format(name=first_name),
        _("Det här väntar på dig:"),
        *(_line(found, today) for found in reminders),
        _("Allt som väntar på dig: {address}").format(address=absolute(reverse("portal:start"))),
        _("Vill du inte ha påminnelser stänger du av dem här: {address}").format(
            address=absolute(reverse("portal:calendar"))
        ),
        _("Kursvis"),
    ]
    return subject.format(n=n), "\n\n".join(lines) + "\n"


def _line(found: Reminder, today: date) -> str:
    title = todo.KINDS[found.code][0]
    address = absolute(addresses.of_todo(found.code, today=today))
    return f"{found.day} ({_left((found.day - today).days)}) · {title}: {found.count}\n{address}"


def _left(days: int) -> str:
    if days == 0:
        return _("i dag")
    return ngettext("om {days} dag", "om {days} dagar", days).format(days=days)
