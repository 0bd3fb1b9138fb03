"""How a person shows who she is: user name and password, an electronic ID, or her municipality's directory.

A backend says who she is. Whether her account lets her in is asked when she enters (`login.entry`), so that who has
shown who she is can be told why not; and anew at each request, so that a lock ends the sessions that she has.
"""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from kursvis.accounts.models import User
from kursvis.accounts.rules.locks import keeps_out
from kursvis.accounts.services import attempts


class _FindsUser(BaseBackend):
    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session, unless the account has ended or is locked."""
        user = User.objects.filter(pk=user_id).first()
        return user if user is not None and not keeps_out(user.lock_facts()) else None


class UserNameBackend(_FindsUser):
    """User name and password."""

    def authenticate(
        self, request: HttpRequest | None, user_name: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """Return whose they are. Each try is counted."""
        if user_name is None or password is None:
            return None
        return attempts.by_password(user_name=user_name, password=password)


class ElectronicIdBackend(_FindsUser):
    """An electronic ID: the caller has had the personnummer vouched for."""

    def authenticate(
        self, request: HttpRequest | None, vouched_personnummer: str | None = None, **kwargs: Any
    ) -> User | None:
        """Return the user with the number."""
        if vouched_personnummer is None:
            return None
        return User.objects.filter(personnummer=vouched_personnummer).first()


class DirectoryBackend(_FindsUser):
    """The municipality's directory: the caller has had the person vouched for."""

    def authenticate(self, request: HttpRequest | None, vouched_user: User | None = None, **kwargs: Any) -> User | None:
        """Return the user."""
        return vouched_user
