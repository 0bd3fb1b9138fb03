"""Who looks at a page."""

from collections.abc import Iterable

from django.test import Client

from kursvis.access.rules import Action
from kursvis.accounts.confirm import services
from kursvis.accounts.confirm.rules import ConfirmWay
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import actor
from kursvis.core import time


def as_user(user: User, *, confirms: Iterable[Action] = tuple(Action)) -> Client:
    """Return a browser in which the user is logged in, and has just confirmed these kinds of steps."""
    client = Client()
    client.force_login(user, backend="kursvis.accounts.backends.UserNameBackend")
    confirm(client, user, confirms)
    return client


def confirm(client: Client, user: User, actions: Iterable[Action] = tuple(Action)) -> None:
    """Let the user of a browser have confirmed these kinds of steps with her electronic ID just now."""
    session, by, now, real_now = client.session, actor(user), time.now(), time.real_now()
    for action in actions:
        way = ConfirmWay.TEST_ID
        services.confirmed(session, user=user, action=action, way=way, by=by, now=now, real_now=real_now)
    session.save()
