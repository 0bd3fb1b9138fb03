"""What the tests look at."""

from typing import Any

import pytest
from django.urls import reverse

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


def url(name: str, row: Any = None, **query: str) -> str:
    """Return the address of a page of admissions."""
    return reverse(f"admissions:{name}", args=[row.uuid] if row else [], query=query)
