"""What the tests look at, and the browser they look with."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kursvis.accounts.models import User
from kursvis.admissions.models import Choice, ChoiceStep
from kursvis.audit.models import Event
from kursvis.core.reasons import Refused


def codes(refusal: "pytest.ExceptionInfo[Refused]") -> set[str]:
    return {reason.code for reason in refusal.value.reasons}


def last_verb(choice: Choice) -> str:
    return Event.objects.filter(subject="admissions.choice", subject_id=choice.pk).latest("id").verb


def path(choice: Choice) -> list[str]:
    return list(ChoiceStep.objects.filter(choice=choice).order_by("pk").values_list("new", flat=True))


def applied(choice: Choice) -> int:
    choice.course_start.refresh_from_db()
    return choice.course_start.applicants


def as_user(user: User) -> Client:
    """Return a browser in which the user is logged in."""
    client = Client()
    client.force_login(user)
    return client


def url(name: str, row: Any = None, **query: str) -> str:
    """Return the address of a page of admissions."""
    return reverse(f"admissions:{name}", args=[row.uuid] if row else [], query=query)
