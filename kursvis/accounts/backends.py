"""How a person shows who she is: user name and password, or an electronic ID that has vouched for her personnummer."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from kursvis.accounts.models import User


class _FindsUser(BaseBackend):
    def get_user(self, user_id: int) -> User | None:
        """Return the user of a session, if still active."""
        return User.objects.filter(pk=user_id, is_active=True).first()


class UserNameBackend(_FindsUser):
    """User name and password."""

    def authenticate(
        self, request: HttpRequest | None, user_name: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """Return the user; hash a password also when there is no such user, so that the time says nothing."""
        if user_name is None or password is None:
            return None
        user = User.objects.filter(user_name=user_name.strip().lower(), is_active=True).first()
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) else None


class ElectronicIdBackend(_FindsUser):
    """An electronic ID: the caller has had the personnummer vouched for."""

    def authenticate(
        self, request: HttpRequest | None, vouched_personnummer: str | None = None, **kwargs: Any
    ) -> User | None:
        """Return the active user with the number."""
        if vouched_personnummer is None:
            return None
        return User.objects.filter(personnummer=vouched_personnummer, is_active=True).first()
