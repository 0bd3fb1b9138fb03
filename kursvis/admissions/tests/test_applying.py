"""The applicant's steps: what each changes and writes, and when it is refused."""

from datetime import timedelta
from typing import Any

import pytest

from kursvis.accounts.tests.factories import actor, make_user
from kursvis.admissions import services
from kursvis.admissions.models import Application
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.admissions.tests.looking import applied, codes, last_verb, path
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.people.rules import Protection
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
C = ChoiceStatus
TYPED = {"email": "elev@example.org", "goal": "Bli kock"}


def test_a_draft_is_counted_nowhere_and_tells_nobody() -> None:
    choice = make_choice(status=C.DRAFT)
    assert (choice.status, path(choice), last_verb(choice)) == ("draft", ["draft"], "choice.drafted")
    assert applied(choice) == 0 and not Message.objects.exists()


def test_sending_in_counts_the_applicant_and_sends_a_receipt() -> None:
    choice = make_choice()
    assert (choice.status, path(choice), last_verb(choice)) == ("submitted", ["draft", "submitted"], "choice.submitted")
    assert applied(choice) == 1 and choice.application.submitted_at is not None
    message = Message.objects.get()
    assert (message.address, message.sealed) == ("elev@example.org", False)
    assert message.recipient == choice.student.listed_name
    assert f"nummer {choice.application.number}" in message.body
    assert str(choice.course_start.round.basis_on) in message.body


def test_applying_is_a_draft_sent_in_at_once() -> None:
    course_start, user = make_course_start(), make_user()
    choice = services.apply(course_start=course_start, user=user, **TYPED, by=actor(user), now=time.now())
    assert path(choice) == ["draft", "submitted"] and choice.status == "submitted"
    assert choice.student.user == user and choice.student.authority == course_start.school.authority


def test_a_protected_applicants_receipt_is_sealed_and_names_her_alias() -> None:
    make_choice(protection=Protection.SECRECY_MARK)
    message = Message.objects.get()
    assert (message.sealed, message.recipient) == (True, "Skyddad person 1")
    assert (message.channel, message.address) == ("protected", "")


def test_numbers_run_within_the_authority() -> None:
    office = Office()
    numbers = [make_choice(office=office).application.number for _ in range(3)]
    assert numbers == [1, 2, 3] and make_choice().application.number == 1


def test_nobody_applies_twice_to_one_start_but_again_after_withdrawing() -> None:
    office = Office()
    choice = make_choice(office=office)
    again: dict[str, Any] = {"office": office, "user": choice.student.user, "course_start": choice.course_start}
    with pytest.raises(Refused) as refusal:
        make_choice(**again)
    assert codes(refusal) == {"admissions.already_applied"}
    services.withdraw(choice=choice, by=actor(choice.student.user), now=time.now())
    assert make_choice(**again).application.number == 2


def test_the_catalogue_says_when_nobody_applies() -> None:
    user, course_start = make_user(), make_course_start()
    keys: dict[str, Any] = {"course_start": course_start, "user": user, **TYPED, "by": actor(user)}
    late = time.now() + timedelta(days=30)
    with pytest.raises(Refused) as refusal:
        services.save_draft(**keys, now=late)
    assert codes(refusal) == {"catalogue.closed"}
    hidden = make_course_start(status=CourseStartStatus.HIDDEN)
    with pytest.raises(Refused) as refusal:
        services.apply(**keys | {"course_start": hidden}, now=time.now())
    assert codes(refusal) == {"catalogue.not_published"}
    assert not Application.objects.exists()


def test_a_draft_is_not_sent_in_after_the_last_day() -> None:
    choice = make_choice(status=C.DRAFT)
    with pytest.raises(Refused) as refusal:
        services.submit(choice=choice, by=actor(choice.student.user), now=time.now() + timedelta(days=30))
    assert codes(refusal) == {"catalogue.closed"}
    choice.refresh_from_db()
    assert choice.status == "draft"


def test_a_draft_is_changed_but_what_is_sent_is_frozen() -> None:
    choice = make_choice(status=C.DRAFT)
    step: dict[str, Any] = {"choice": choice, "by": actor(choice.student.user), "now": time.now()}
    services.edit_draft(**step, email="ny@example.org", goal="Bli snickare")
    assert (choice.application.goal, last_verb(choice)) == ("Bli snickare", "choice.draft_changed")
    services.edit_and_submit(**step, email="nyast@example.org", goal="Bli snickare")
    choice.student.refresh_from_db()
    assert (choice.status, choice.student.email) == ("submitted", "nyast@example.org")
    with pytest.raises(Refused) as refusal:
        services.edit_draft(**step, **TYPED)
    assert codes(refusal) == {"admissions.only_drafts_are_edited"}


def test_an_application_without_phone_leaves_the_known_phone() -> None:
    choice = make_choice(status=C.DRAFT)
    services.edit_and_submit(choice=choice, **TYPED, by=actor(choice.student.user), now=time.now())
    choice.student.refresh_from_db()
    assert choice.student.phone == "000-000 00 00"


@pytest.mark.parametrize("status", [C.DRAFT, C.SUBMITTED, C.DECIDED, C.DISTRIBUTED])
def test_withdrawing(status: ChoiceStatus) -> None:
    choice = make_choice(status=status)
    services.withdraw(choice=choice, by=actor(choice.student.user), now=time.now())
    assert (choice.status, last_verb(choice), applied(choice)) == ("withdrawn", "choice.withdrawn", 0)


def test_who_is_placed_does_not_withdraw() -> None:
    choice = make_choice(status=C.PLACED)
    with pytest.raises(Refused) as refusal:
        services.withdraw(choice=choice, by=actor(choice.student.user), now=time.now())
    assert codes(refusal) == {"admissions.wrong_state"} and applied(choice) == 1
