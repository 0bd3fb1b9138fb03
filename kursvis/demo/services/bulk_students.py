"""Bulk load of invented students: their accounts and their records, with one event an authority."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import models, transaction

from kursvis.access.actors import SYSTEM
from kursvis.accounts.models import User
from kursvis.audit import services as audit
from kursvis.core import time
from kursvis.demo.services.offer import Stage
from kursvis.demo.services.pool import Invented
from kursvis.organisation.models import Authority
from kursvis.people.models import Student


def load_students(stage: Stage, pool: Iterator[Invented], *, number: int, today: date) -> dict[int, list[Student]]:
    """Load invented students, nine of ten at the first authority; return them by authority."""
    now = time.at_noon(today - timedelta(days=500))
    nobody = make_password(None)
    people = [who for _, who in zip(range(number), pool, strict=False)]
    with transaction.atomic():
        users = User.objects.bulk_create([_user(who, nobody) for who in people])
        authorities = [stage.schools["bjork"].authority] * 9 + [stage.schools["granhult"].authority]
        first_alias = {a.pk: highest(Student, a, "alias_number") for a in set(authorities)}
        students = []
        for place, (who, user) in enumerate(zip(people, users, strict=True)):
            authority = authorities[place % 10]
            first_alias[authority.pk] += 1
            students.append(_student(who, user, authority, first_alias[authority.pk]))
        students = Student.objects.bulk_create(students)
        for authority in set(authorities):
            audit.record(
                verb="student.bulk_loaded",
                by=SYSTEM,
                subject=authority,
                authority_id=authority.pk,
                now=now,
                number=number,
            )
    return {a.pk: [s for s in students if s.authority_id == a.pk] for a in set(authorities)}


def _user(who: Invented, password: str) -> User:
    return User(
        personnummer=who.personnummer,
        first_name=who.first_name,
        last_name=who.last_name,
        email=f"{who.personnummer[2:8]}.{who.personnummer[8:]}@student.example",
        password=password,
    )


def _student(who: Invented, user: User, authority: Authority, alias: int) -> Student:
    return Student(
        authority=authority,
        user=user,
        personnummer=who.personnummer,
        birth_date=who.birth_date,
        first_name=who.first_name,
        last_name=who.last_name,
        alias_number=alias,
        email=user.email,
        phone="070-000 00 00",
        street=who.street,
        postal_code=who.postal_code,
        locality=who.locality,
        home_municipality=authority.municipality_code,
        synthetic=True,
    )


def highest(model: type[models.Model], authority: Authority, field: str) -> int:
    """Return the highest number that an authority has given in a column, or 0."""
    rows: Any = model._default_manager.filter(authority=authority)
    return rows.aggregate(highest=models.Max(field))["highest"] or 0
