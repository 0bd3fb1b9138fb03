"""What is mailed about an account: its links, its locks, and what was changed. For the services."""

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from kursvis.accounts.models import Link, User
from kursvis.accounts.queries.locks import Helpers
from kursvis.accounts.rules.links import LinkKind
from kursvis.accounts.rules.locks import LockReason
from kursvis.core import time
from kursvis.core.address import absolute
from kursvis.core.wording import label

Mail = tuple[str, str]


def link(link: Link, secret: str, helpers: Sequence[Helpers]) -> Mail:
    """Return subject and text of a one-time link. `helpers` are named when the account is locked besides."""
    address = absolute(reverse("accounts:use_link", args=[secret]))
    until = _moment(link.expires_at)
    if link.kind == LinkKind.INVITATION:
        return _("Välkommen till Kursvis"), _invitation(link, address, until)
    lines = [
        _("Här väljer du ett nytt lösenord för användarnamnet %(name)s:") % {"name": link.user.user_name},
        address,
        _("Länken fungerar en gång, till %(until)s.") % {"until": until},
        _sender(link) or _("Har du inte bett om den? Då behöver du inte göra något: ditt lösenord är oförändrat."),
    ]
    if link.user.lock_facts().is_locked_by_attempts:
        lines.append(_("Kontot är låst efter för många felaktiga försök. Ett nytt lösenord låser upp det."))
    elif link.user.locked_at:
        lines += [_("Kontot är också låst, och ett nytt lösenord låser inte upp det."), ask(helpers)]
    return _("Nytt lösenord till Kursvis"), _body(link.user, lines)


def locked(user: User, helpers: Sequence[Helpers]) -> Mail:
    """Return the notice that an account was locked: when, why, and what to do."""
    why = label("lock_reason", user.lock_reason).text if user.lock_reason else ""
    lines = [
        _("Ditt konto %(name)s låstes %(at)s.") % {"name": user.user_name or "", "at": _moment(user.locked_at)},
        _("Skäl: %(why)s.") % {"why": why},
    ]
    if user.lock_reason == LockReason.FAILED_ATTEMPTS:
        forgotten = absolute(reverse("accounts:forgotten"))
        lines += [
            _("Med e-legitimation kommer du in ändå. Du låser upp kontot själv genom att välja ett nytt lösenord:"),
            forgotten,
            _("Var det inte du som försökte? Då har någon annan prövat sig fram med ditt användarnamn."),
        ]
    lines.append(ask(helpers))
    return _("Ditt konto i Kursvis är låst"), _body(user, lines)


def unlocked(user: User) -> Mail:
    """Return the notice that a colleague has unlocked the account."""
    lines = [
        _("En kollega har låst upp ditt konto. Du kan logga in igen:"),
        absolute(reverse("accounts:log_in")),
        _("Har du glömt lösenordet? Välj ett nytt här:"),
        absolute(reverse("accounts:forgotten")),
    ]
    return _("Ditt konto i Kursvis är upplåst"), _body(user, lines)


def warned(user: User, last_day: date) -> Mail:
    """Return the warning that inactivity is about to lock the account."""
    lines = [
        _("Du har inte loggat in på länge. Kontot låses om du inte loggar in senast %(day)s.") % {"day": last_day},
        absolute(reverse("accounts:log_in")),
    ]
    return _("Ditt konto i Kursvis låses snart"), _body(user, lines)


def new_login(user: User, device: str, at: datetime) -> Mail:
    """Return the notice of a login with a browser that she has not used before."""
    lines = [
        _("Någon loggade in på ditt konto %(at)s med %(device)s, som inte har använts för kontot förut.")
        % {"at": _moment(at), "device": device},
        _("Var det du? Då behöver du inte göra något."),
        _("Var det inte du? Öppna Mitt konto och tryck på ”Det var inte jag”:"),
        absolute(reverse("accounts:my_account")),
    ]
    return _("Ny inloggning i Kursvis"), _body(user, lines)


def changed(user: User, notice: str, *, new_email: str = "") -> Mail:
    """Return the notice that her password or address was changed."""
    what = {
        "password_changed": _("Lösenordet till ditt konto har ändrats."),
        "email_changed": _("E-postadressen för ditt konto har ändrats till %(address)s.") % {"address": new_email},
    }[notice]
    lines = [
        what,
        _("Var det inte du? Säg genast till en administratör, och välj ett nytt lösenord:"),
        absolute(reverse("accounts:forgotten")),
    ]
    return _("Ditt konto i Kursvis har ändrats"), _body(user, lines)


def no_password(user: User) -> Mail:
    """Answer who asked for a new password but has none: she logs in with an electronic ID."""
    lines = [
        _("Någon, kanske du, bad om ett nytt lösenord. Ditt konto har inget: du loggar in med e-legitimation."),
        absolute(reverse("accounts:log_in")),
    ]
    return _("Så loggar du in i Kursvis"), _body(user, lines)


def ask(helpers: Sequence[Helpers]) -> str:
    """Return whom to ask, by name and unit."""
    if not helpers:
        return _("Hör av dig till kommunens vuxenutbildning.")
    units = "; ".join(f"{', '.join(found.names)} ({found.unit})" for found in helpers)
    return _("Hör av dig till någon av dem som kan hjälpa dig: %(who)s.") % {"who": units}


def _invitation(link: Link, address: str, until: str) -> str:
    who = link.created_by.full_name if link.created_by else ""
    lines = [
        _("%(who)s har lagt upp ett konto åt dig i Kursvis.") % {"who": who}
        if who
        else _("Du har fått ett konto i Kursvis."),
        _("Ditt användarnamn är %(name)s. Välj ett lösenord här:") % {"name": link.user.user_name},
        address,
        _("Länken fungerar en gång, till %(until)s. Blir den för gammal ber du om en ny.") % {"until": until},
    ]
    return _body(link.user, lines)


def _sender(link: Link) -> str:
    return _("%(who)s har skickat den åt dig.") % {"who": link.created_by.full_name} if link.created_by else ""


def _body(user: User, lines: Sequence[str]) -> str:
    return "\n\n".join([_("Hej %(name)s!") % {"name": user.first_name}, *lines, _("Kursvis")]) + "\n"


def _moment(at: datetime | None) -> str:
    return at.astimezone(time.SWEDEN).strftime("%Y-%m-%d %H:%M") if at else ""
