"""A distribution as a run: looked through, carried out, stopped, taken back; each row once, whatever happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from kursvis.access.rules import Role
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.admissions import services as admissions
from kursvis.admissions.models import Choice, ChoiceStep
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import Office, make_choice, make_waiting
from kursvis.audit.models import Event
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import Agreement
from kursvis.organisation.tests.factories import make_school
from kursvis.studies import services as studies
from kursvis.work import rules, services, tasks
from kursvis.work.models import Run, RunRow
from kursvis.work.services import taking
from kursvis.work.tests.factories import carried_out, codes, looked_through, make_run, states, verbs
from kursvis.work.tests.worker import work, work_once

pytestmark = pytest.mark.django_db
C = ChoiceStatus


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "CHUNK", 2)
    monkeypatch.setattr(rules, "LOOKED_THROUGH", 2)


def statuses(choices: list[Choice]) -> list[str]:
    found = Choice.objects.in_bulk([choice.pk for choice in choices])
    return [found[choice.pk].status for choice in choices]


def refused(step: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        step(**given, now=time.now())
    return [reason.code for reason in refusal.value.reasons]


def mixed(office: Office) -> list[Choice]:
    """Return five choices: two that go, and three that the rules stop each for a reason of its own."""
    ended = make_school(authority=office.school.authority)
    far_off = make_waiting(1, office=office, course_start=make_course_start(school=ended))
    Agreement.objects.filter(school=ended).update(ends_on=time.today() - timedelta(days=1))
    undecided = make_choice(office=office, status=C.SUBMITTED)
    no = make_choice(office=office, status=C.DECIDED, outcome=Outcome.REFUSED)
    return [*make_waiting(2, office=office), *far_off, undecided, no]


def test_a_dry_run_says_what_the_step_would_say_and_writes_nothing(office: Office, small_chunks: None) -> None:
    choices = mixed(office)
    before = statuses(choices)
    run = looked_through(make_run(office=office, choices=choices))
    assert (run.status, states(run)) == ("ready", ["ready"] * 2 + ["against"] * 3)
    assert statuses(choices) == before
    for choice, told in zip(choices[2:], codes(run)[2:], strict=True):
        fresh = Choice.objects.get(pk=choice.pk)
        assert refused(admissions.distribute, choice=fresh, by=office.officer) == told


def test_a_run_is_carried_out_and_taken_back(office: Office, small_chunks: None) -> None:
    choices = mixed(office)
    run = carried_out(make_run(office=office, choices=choices), by=office.officer)
    assert (run.status, states(run)) == ("done", ["done"] * 2 + ["against"] * 3)
    assert statuses(choices) == ["distributed"] * 2 + ["decided", "submitted", "decided"]
    assert Event.objects.filter(verb="choice.distributed", detail__run=run.pk).count() == 2
    services.undo(run=run, by=office.officer, now=time.now())
    run = looked_through(run)
    assert (run.status, states(run)[:2]) == ("undone", ["undone"] * 2)
    assert statuses(choices)[:2] == ["decided"] * 2
    assert Event.objects.filter(verb="choice.distribution_taken_back", detail__run=run.pk).count() == 2
    steps = ChoiceStep.objects.filter(choice=choices[0]).order_by("pk").values_list("new", flat=True)
    assert list(steps) == ["distributed", "taken_back"]
    assert verbs(run) == ["created", "prepared", "started", "done", "undo_started", "undone"]
    again = carried_out(make_run(office=office, choices=choices[:2]), by=office.officer)
    assert (again.status, statuses(choices)[:2]) == ("done", ["distributed"] * 2)


def test_what_changed_after_the_dry_run_is_told_by_its_row(office: Office) -> None:
    choices = make_waiting(2, office=office)
    run = looked_through(make_run(office=office, choices=choices))
    admissions.distribute(choice=Choice.objects.get(pk=choices[0].pk), by=office.officer, now=time.now())
    services.start(run=run, by=office.officer, now=time.now())
    assert codes(looked_through(run)) == [["admissions.wrong_state"], []] and states(run) == ["refused", "done"]


def test_what_the_school_has_begun_with_is_not_taken_back(office: Office) -> None:
    choices = make_waiting(4, office=office)
    run = carried_out(make_run(office=office, choices=choices), by=office.officer)
    called, placed, anew, _left = [Choice.objects.get(pk=choice.pk) for choice in choices]
    studies.call(choice=called, by=office.administrator, now=time.now())
    admissions.mark_placed(choice=placed, by=office.administrator, now=time.now())
    at = anew.status_at
    admissions.take_back(choice=anew, distributed_at=at, by=office.officer, now=time.now(), run_id=run.pk)
    admissions.distribute(choice=anew, by=office.officer, now=time.now())
    services.undo(run=run, by=office.officer, now=time.now())
    run = looked_through(run)
    assert states(run) == ["not_undone"] * 3 + ["undone"]
    assert codes(run) == [["admissions.called_already"], ["admissions.moved_on"], ["admissions.moved_on"], []]


def test_a_stopped_run_ends_between_chunks_and_can_be_taken_back(office: Office, small_chunks: None) -> None:
    run = looked_through(make_run(office=office, choices=make_waiting(5, office=office)))
    services.start(run=run, by=office.officer, now=time.now())
    work_once()
    services.stop(run=run, by=office.officer, now=time.now())
    work()
    assert (run.status, states(run)) == ("stopped", ["done"] * 2 + ["ready"] * 3)
    assert refused(services.stop, run=run, by=office.officer) == ["work.wrong_state"]
    services.undo(run=run, by=office.officer, now=time.now())
    assert states(looked_through(run)) == ["undone"] * 2 + ["ready"] * 3 and run.status == "undone"


@pytest.mark.parametrize("how", ["role", "account"])
def test_who_may_not_any_more_is_stopped_at_the_next_chunk(office: Office, small_chunks: None, how: str) -> None:
    run = looked_through(make_run(office=office, choices=make_waiting(3, office=office)))
    services.start(run=run, by=office.officer, now=time.now())
    work_once()
    if how == "role":
        Assignment.objects.filter(user=office.officer_user).update(ends_on=time.today() - timedelta(days=1))
    else:
        User.objects.filter(pk=office.officer_user.pk).update(is_active=False)
    run = looked_through(run)
    assert (run.status, states(run)) == ("stopped", ["done", "done", "ready"])
    assert [reason["code"] for reason in run.reasons] == ["work.not_permitted"]


def test_a_worker_that_dies_in_a_chunk_leaves_nothing_half_done(
    office: Office, small_chunks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    choices = make_waiting(4, office=office)
    run = looked_through(make_run(office=office, choices=choices))
    services.start(run=run, by=office.officer, now=time.now())
    work_once()
    saved = taking.save

    def die(rows: list[RunRow]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(taking, "save", die)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        tasks.carry_out(run_id=run.pk)
    assert statuses(choices) == ["distributed"] * 2 + ["decided"] * 2
    monkeypatch.setattr(taking, "save", saved)
    tasks.carry_out(run_id=run.pk)  # the job that is retried, and below the one that had been queued
    assert looked_through(run).status == "done"
    assert ChoiceStep.objects.filter(choice__in=choices, new="distributed").count() == 4


def test_a_run_whose_job_was_given_up_is_resumed(office: Office) -> None:
    run = make_run(office=office)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert work() == 0
    tasks.resume(time.today())
    assert looked_through(run).status == "ready"


def test_a_row_that_fails_stops_no_other_and_a_deadlock_repeats_the_chunk(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    choices = make_waiting(3, office=office)
    run = looked_through(make_run(office=office, choices=choices))
    services.start(run=run, by=office.officer, now=time.now())
    distribute = admissions.distribute

    def fails(error: Exception) -> None:
        def step(*, choice: Choice, **given: Any) -> Choice:
            if choice.pk == choices[1].pk:
                raise error
            return distribute(choice=choice, **given)

        monkeypatch.setattr(admissions, "distribute", step)

    fails(OperationalError("deadlock detected"))
    with pytest.raises(OperationalError), transaction.atomic():
        tasks.carry_out(run_id=run.pk)
    assert statuses(choices) == ["decided"] * 3
    fails(IntegrityError("something we did wrong"))
    tasks.carry_out(run_id=run.pk)
    assert states(run) == ["done", "refused", "done"] and codes(run)[1] == ["work.failed"]


def test_who_makes_starts_and_undoes_a_run(office: Office) -> None:
    colleague = actor(make_staff(Role.ADMISSIONS_OFFICER, authority=office.school.authority))
    assert refused(admissions.prepare_distribution, choices=[], by=office.officer) == [
        "admissions.nothing_to_distribute"
    ]
    waiting, elsewhere = make_waiting(1, office=office), make_waiting(1, office=Office())
    both = [*waiting, *elsewhere]
    assert refused(admissions.prepare_distribution, choices=both, by=office.officer) == [
        "admissions.one_authority_a_run"
    ]
    for outsider in (office.administrator, Office().officer):
        given = {"choices": waiting, "by": outsider}
        assert refused(admissions.prepare_distribution, **given) == ["work.not_permitted"]
    run = looked_through(make_run(office=office, choices=waiting))
    assert refused(services.start, run=run, by=colleague) == ["work.not_yours"]
    run = carried_out(run, by=office.officer)
    services.undo(run=run, by=colleague, now=time.now())
    run = looked_through(run)
    assert (run.status, run.undone_by_id) == ("undone", colleague.user_id)


def test_the_database_holds_what_the_rules_say(office: Office) -> None:
    run = looked_through(make_run(office=office))
    for changes in ({"status": "running"}, {"status": "done"}, {"status": "undone"}, {"undo_until": time.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Run.objects.filter(pk=run.pk).update(**changes)
    row = RunRow.objects.filter(run=run)[:1].get()
    for changes in ({"status": "refused"}, {"reasons": [{"code": "x"}]}, {"position": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RunRow.objects.filter(pk=row.pk).update(**changes)
