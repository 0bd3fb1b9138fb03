"""Who looks at a page."""

from django.test import Client

from kursvis.accounts.models import User


def as_user(user: User) -> Client:
    """Return a browser in which the user is logged in."""
    client = Client()
    client.force_login(user, backend="kursvis.accounts.backends.UserNameBackend")
    return client
