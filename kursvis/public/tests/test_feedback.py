"""Somebody who meets an obstacle tells of it; the municipality sees it and answers in time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.tests.factories import make_authority
from kursvis.portal import todo
from kursvis.post.models import Message
from kursvis.public import queries, rules, services
from kursvis.public.models import Feedback

pytestmark = pytest.mark.django_db
ADDRESS = "/tillganglighet/aterkoppling/"
TYPED = {"text": "Knappen läses inte upp.", "page": "Kurser", "email": "hen@example.org"}


def test_anybody_tells_of_an_obstacle_and_the_municipality_is_told_without_what_she_wrote(client: Client) -> None:
    authority = make_authority()
    assert 'name="text"' in client.get(ADDRESS).content.decode()
    response = client.post(ADDRESS, TYPED)
    assert response["Location"] == "/tillganglighet/"
    feedback, message = Feedback.objects.get(), Message.objects.get()
    assert (feedback.text, feedback.email, feedback.authority) == (TYPED["text"], TYPED["email"], authority)
    assert feedback.answer_by == time.today() + timedelta(days=rules.ANSWER_DAYS)
    assert message.address == authority.email and "/aterkoppling/" in message.body
    event = Event.objects.get(verb="feedback.given")
    assert not any(word in f"{message.body} {event.detail}" for word in TYPED.values())


def test_what_she_wrote_stays_when_something_is_wrong(client: Client) -> None:
    make_authority()
    page = client.post(ADDRESS, TYPED | {"email": "inte en adress"}).content.decode()
    assert TYPED["text"] in page and not Feedback.objects.exists()
    assert client.post(ADDRESS, TYPED | {"text": ""}).status_code == 200 and not Feedback.objects.exists()


def test_with_several_municipalities_she_says_which(client: Client) -> None:
    first, second = make_authority(), make_authority()
    client.post(ADDRESS, TYPED)
    assert not Feedback.objects.exists()
    client.post(ADDRESS, TYPED | {"authority": str(second.uuid)})
    assert Feedback.objects.get().authority == second != first


def test_a_flood_is_asked_to_wait(client: Client) -> None:
    make_authority()
    answers = [client.post(ADDRESS, TYPED).status_code for _ in range(rules.MOST + 1)]
    assert answers == [302] * rules.MOST + [429] and Feedback.objects.count() == rules.MOST


def test_it_waits_in_att_gora_until_it_is_handled_and_then_the_address_is_gone() -> None:
    authority = make_authority()
    desk = actor(make_staff(Role.FRONT_DESK, authority=authority))
    feedback = services.give_feedback(authority=authority, **TYPED, now=time.now())
    line = next(line for line in todo.of(desk, today=time.today()) if line.code == "feedback")
    assert (line.count, line.due_on) == (1, feedback.answer_by)
    services.mark_handled(feedback=feedback, by=desk, now=time.now())
    feedback.refresh_from_db()
    assert (feedback.email, feedback.handled_by) == ("", desk.name)
    assert [line.code for line in todo.of(desk, today=time.today()) if line.code == "feedback"] == []
    with pytest.raises(Refused):
        services.mark_handled(feedback=feedback, by=desk, now=time.now())


def test_who_answers_reads_her_own_municipalitys_what_waits_first(django_assert_max_num_queries: Any) -> None:
    authority, other = make_authority(), make_authority()
    desk = actor(make_staff(Role.FRONT_DESK, authority=authority))
    handled, late, fresh = (
        services.give_feedback(authority=authority, text=text, now=time.now()) for text in ("a", "b", "c")
    )
    services.give_feedback(authority=other, text="d", now=time.now())
    services.mark_handled(feedback=handled, by=desk, now=time.now())
    Feedback.objects.filter(pk=late.pk).update(answer_by=time.today() - timedelta(days=1))
    with django_assert_max_num_queries(1):
        rows = list(queries.readable_by(desk))
    assert [row.pk for row in rows] == [late.pk, fresh.pk, handled.pk]
    assert [row.state(today=time.today()) for row in rows] == ["late", "waiting", "handled"]
    assert not queries.readable_by(actor(make_staff(Role.TEACHER, authority=authority))).exists()


def test_the_database_keeps_no_address_of_what_is_handled() -> None:
    feedback = services.give_feedback(authority=make_authority(), **TYPED, now=time.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.filter(pk=feedback.pk).update(handled_at=time.now(), handled_by="X")
