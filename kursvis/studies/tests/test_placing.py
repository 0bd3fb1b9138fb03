"""Kursplacering: called, placed, refused; the seats exact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from kursvis.admissions import services as admissions
from kursvis.admissions.models import Choice, Condition, Decision
from kursvis.admissions.rules import ChoiceStatus, ConditionStatus, Outcome, ReturnReason
from kursvis.admissions.tests.factories import Office
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import race
from kursvis.letters.models import Letter
from kursvis.people.rules import Protection
from kursvis.post.models import Message
from kursvis.post.rules import Channel
from kursvis.studies import services
from kursvis.studies.models import Enrolment, EnrolmentStep, Group
from kursvis.studies.tests.factories import make_distributed, make_group


@dataclass
class Desk:
    """A school with a course start, its group, and the steps of Kursplacering."""

    office: Office
    start: CourseStart
    group: Group

    def applicant(self, **given: object) -> Choice:
        return make_distributed(office=self.office, course_start=self.start, **given)

    def call(self, choice: Choice, **given: bool) -> Letter:
        return services.call(choice=choice, by=self.office.administrator, now=time.now(), **given)

    def place(self, choice: Choice, group: Group | None = None, days_after_start: int | None = None) -> Enrolment:
        day = self.start.starts_on + timedelta(days=days_after_start or 0)
        now = time.now() if days_after_start is None else time.at_noon(day)
        return services.place(choice=choice, group=group or self.group, by=self.office.administrator, now=now)

    def taken(self) -> int:
        return CourseStart.objects.get(pk=self.start.pk).seats_taken


def make_desk(**given: int) -> Desk:
    office = Office()
    start = make_course_start(school=office.school, **given)
    return Desk(office, start, make_group(office=office, course_start=start))


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk(seats=2)


def refused(step: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        step()
    return [reason.code for reason in refusal.value.reasons]


def test_placing_takes_a_seat_and_gives_the_groups_dates(desk: Desk) -> None:
    choice = desk.applicant()
    enrolment = desk.place(choice)
    assert (enrolment.starts_on, enrolment.ends_on) == (desk.group.starts_on, desk.group.ends_on)
    assert enrolment.outcome == "none" and enrolment.choice_id == choice.pk
    assert choice.status == ChoiceStatus.PLACED and desk.taken() == 1
    assert list(EnrolmentStep.objects.filter(enrolment=enrolment).values_list("verb", flat=True)) == ["placed"]
    event = Event.objects.get(verb="enrolment.placed")
    assert (event.subject_id, event.student_id) == (enrolment.pk, choice.student_id)
    assert event.actor_id == desk.office.administrator.user_id
    assert Event.objects.filter(verb="choice.placed", subject_id=choice.pk).count() == 1


def test_the_last_seat_is_the_last(desk: Desk) -> None:
    for _ in range(2):
        desk.place(desk.applicant())
    left = desk.applicant()
    decisions = Decision.objects.count()
    assert refused(lambda: desk.place(left)) == ["catalogue.full"]
    left.refresh_from_db()
    assert left.status == ChoiceStatus.DISTRIBUTED and desk.taken() == 2
    assert Enrolment.objects.count() == 2 and Decision.objects.count() == decisions


def test_an_open_condition_lets_call_but_not_place(desk: Desk) -> None:
    choice = desk.applicant(outcome=Outcome.ON_CONDITION)
    assert desk.call(choice).pk
    assert refused(lambda: desk.place(choice)) == ["admissions.condition_open"]
    admissions.record_evidence(choice=choice, evidence="Betyg E, sett", by=desk.office.administrator, now=time.now())
    assert desk.place(choice).pk
    assert Condition.objects.get(choice=choice).status == ConditionStatus.MET


def test_placed_in_a_group_that_has_begun_she_begins_that_day_and_ends_with_the_group(desk: Desk) -> None:
    first, late = desk.applicant(), desk.applicant()
    assert desk.place(first, days_after_start=0).starts_on == desk.group.starts_on
    enrolment = desk.place(late, days_after_start=3)
    assert enrolment.starts_on == desk.group.starts_on + timedelta(days=3)
    assert enrolment.ends_on == desk.group.ends_on
    event = Event.objects.get(verb="enrolment.placed", subject_id=enrolment.pk)
    assert event.detail["starts_on"] == enrolment.starts_on.isoformat()


def test_placed_on_the_groups_last_day_but_not_after(desk: Desk) -> None:
    late = desk.applicant()
    last = (desk.group.ends_on - desk.start.starts_on).days
    assert refused(lambda: desk.place(late, days_after_start=last + 1)) == ["studies.group_has_ended"]
    assert desk.taken() == 0
    enrolment = desk.place(late, days_after_start=last)
    assert enrolment.starts_on == enrolment.ends_on == desk.group.ends_on


def test_who_is_placed_late_and_does_not_come_is_dated_by_her_own_start(desk: Desk) -> None:
    enrolment = desk.place(desk.applicant(), days_after_start=5)
    day = desk.start.starts_on + timedelta(days=6)
    services.did_not_start(enrolment=enrolment, by=desk.office.administrator, now=time.at_noon(day))
    assert enrolment.outcome_on == enrolment.starts_on == day - timedelta(days=1)


def test_another_start_or_course_is_refused(desk: Desk) -> None:
    other_course = make_group(office=desk.office)
    same_course = make_course_start(school=desk.office.school, course=desk.start.course)
    other_start = make_group(office=desk.office, course_start=same_course)
    choice = desk.applicant()
    assert refused(lambda: desk.place(choice, other_course)) == ["studies.group_of_another_course"]
    assert refused(lambda: desk.place(choice, other_start)) == ["studies.group_of_another_start"]


def test_nobody_is_placed_twice(desk: Desk) -> None:
    choice = desk.applicant()
    desk.place(choice)
    assert refused(lambda: desk.place(choice)) == ["studies.already_in_group"]
    second = make_group(office=desk.office, course_start=desk.start)
    assert refused(lambda: desk.place(choice, second)) == ["admissions.wrong_state"]
    assert desk.taken() == 1


def test_returned_cancelled_and_ones_own_case_are_refused(desk: Desk) -> None:
    returned, mine, left = desk.applicant(), desk.applicant(user=desk.office.administrator_user), desk.applicant()
    admissions.return_choice(choice=returned, reason=ReturnReason.NO_SEAT, by=desk.office.administrator, now=time.now())
    assert refused(lambda: desk.place(returned)) == ["admissions.wrong_state"]
    assert refused(lambda: desk.place(mine)) == ["core.own_case"]
    assert refused(lambda: desk.call(mine)) == ["core.own_case"]
    offer.cancel(course_start=desk.start, reason="För få", by=desk.office.officer, now=time.now())
    assert refused(lambda: desk.place(left)) == ["catalogue.cancelled"]


def test_the_call_is_kept_and_queued_once(desk: Desk) -> None:
    choice = desk.applicant()
    letter = desk.call(choice)
    assert choice.called_at is not None
    message = Message.objects.get(attachment_name__startswith="kallelse")
    assert (message.channel, message.address) == (Channel.EMAIL, "elev@example.org")
    assert bytes(message.attachment) == bytes(letter.pdf)
    assert refused(lambda: desk.call(choice)) == ["studies.already_called"]
    assert Letter.objects.count() == 1
    desk.call(choice, again=True)
    assert Letter.objects.count() == 2
    verbs = Event.objects.filter(student_id=choice.student_id, verb__in=["letter.made", "choice.called"])
    assert sorted(verbs.values_list("verb", flat=True)) == ["choice.called"] * 2 + ["letter.made"] * 2


def test_no_call_after_the_start(desk: Desk) -> None:
    choice = desk.applicant()
    now = time.at_noon(desk.start.starts_on + timedelta(days=1))
    late = lambda: services.call(choice=choice, by=desk.office.administrator, now=now)  # noqa: E731
    assert refused(late) == ["studies.too_late_to_call"]
    assert not Letter.objects.exists()


def test_calling_many_gives_a_result_each(desk: Desk) -> None:
    first, called, mine = desk.applicant(), desk.applicant(), desk.applicant(user=desk.office.administrator_user)
    desk.call(called)
    results = services.call_each(choices=[first, called, mine], by=desk.office.administrator, now=time.now())
    told = [[reason.code for reason in result.reasons] for result in results]
    assert told == [[], ["studies.already_called"], ["core.own_case"]]


def test_a_protected_person_is_called_on_paper_and_sealed(desk: Desk) -> None:
    choice = desk.applicant(protection=Protection.SECRECY_MARK, first_name="Hemlig", last_name="Person")
    desk.call(choice)
    message = Message.objects.get(attachment_name__startswith="kallelse")
    assert (message.channel, message.address, message.sealed) == (Channel.PROTECTED, "", True)
    assert message.recipient.startswith("Skyddad person") and "Hemlig" not in message.subject + message.body


def test_eight_at_once_for_the_last_seat(committed: None) -> None:
    desk = make_desk(seats=1)
    choices = [desk.applicant() for _ in range(8)]
    told = race(lambda index: desk.place(choices[index]))
    assert told == ["catalogue.full"] * 7 + ["won"]
    assert desk.taken() == 1 and Enrolment.objects.count() == 1
    assert Choice.objects.filter(status=ChoiceStatus.PLACED.value).count() == 1


def test_eight_at_once_place_the_same_applicant(committed: None) -> None:
    desk = make_desk(seats=30)
    choice = desk.applicant()
    copies = [Choice.objects.select_related("course_start").get(pk=choice.pk) for _ in range(8)]
    told = race(lambda index: desk.place(copies[index]))
    assert told.count("won") == 1
    assert desk.taken() == 1 and Enrolment.objects.count() == 1


def test_eight_at_once_call_the_same_applicant(committed: None) -> None:
    desk = make_desk()
    choice = desk.applicant()
    copies = [Choice.objects.get(pk=choice.pk) for _ in range(8)]
    assert race(lambda index: desk.call(copies[index])) == ["studies.already_called"] * 7 + ["won"]
    assert Letter.objects.count() == 1
