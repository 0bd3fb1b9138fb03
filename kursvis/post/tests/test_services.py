"""Messages in the outbox: queued once, sent once, sealed where the person is protected."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from kursvis.access.actors import Held, Person
from kursvis.access.rules import Role
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import race
from kursvis.organisation.models import Authority, School
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.post import queries, services
from kursvis.post.models import Message
from kursvis.post.rules import Channel, MessageStatus
from kursvis.post.tests.factories import make_message


@pytest.fixture
def authority(db: None) -> Authority:
    return make_authority()


@pytest.fixture
def school(authority: Authority) -> School:
    return make_school(authority=authority)


def officer(authority: Authority) -> Person:
    return Person(1, "Per Holm", (Held(Role.ADMISSIONS_OFFICER, authority.pk),))


def verbs(message: Message) -> list[str]:
    return list(Event.objects.filter(subject="post.message", subject_id=message.pk).values_list("verb", flat=True))


def test_a_queued_email_brings_its_job(authority: Authority, school: School) -> None:
    message = make_message(authority=authority, school=school)
    assert (message.channel, message.status) == (Channel.EMAIL, MessageStatus.QUEUED)
    job = ProcrastinateJob.objects.get(task_name="post.deliver")
    assert job.args == {"message_id": message.pk}


def test_without_an_address_it_waits_for_print(authority: Authority) -> None:
    message = make_message(authority=authority, address="")
    assert message.channel == Channel.PRINT
    assert not ProcrastinateJob.objects.exists()
    assert services.deliver(message_id=message.pk, now=time.now()) is False


@pytest.mark.parametrize("field", ["recipient", "address", "subject", "attachment_name"])
def test_a_forged_header_is_refused(authority: Authority, field: str) -> None:
    with pytest.raises(Refused) as refused:
        make_message(authority=authority, **{field: "x\r\nBcc: alla@example.org"})
    assert refused.value.reasons[0].code == "post.line_break_in_header"
    assert not Message.objects.exists()


def test_delivering_sends_once_with_its_attachment(authority: Authority, school: School) -> None:
    message = make_message(authority=authority, school=school, attachment_name="kallelse.pdf", attachment=b"%PDF-1.7")
    assert services.deliver(message_id=message.pk, now=time.now()) is True
    assert services.deliver(message_id=message.pk, now=time.now()) is False
    (sent,) = mail.outbox
    assert sent.to == ["hodan.abdi@example.org"] and sent.reply_to == [school.email]
    assert sent.attachments[0][0] == "kallelse.pdf"
    message.refresh_from_db()
    assert message.status == MessageStatus.SENT and message.sent_at is not None
    assert verbs(message) == ["message.sent"]


def test_a_refusing_mail_server_marks_it_failed_and_it_can_be_sent_again(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = make_message(authority=authority)

    def refuse(*_: object) -> None:
        raise smtplib.SMTPRecipientsRefused({})

    with monkeypatch.context() as patched:
        patched.setattr(services, "_send", refuse)
        assert services.deliver(message_id=message.pk, now=time.now()) is False
    message.refresh_from_db()
    assert message.status == MessageStatus.FAILED
    services.resend(message=message, by=officer(authority), now=time.now())
    assert message.status == MessageStatus.QUEUED
    assert ProcrastinateJob.objects.filter(task_name="post.deliver").count() == 2
    assert verbs(message) == ["message.failed", "message.queued_again"]
    with pytest.raises(Refused):
        services.resend(message=message, by=officer(authority), now=time.now())


def test_a_mail_server_out_of_reach_leaves_it_in_the_queue(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = make_message(authority=authority)

    def unreachable(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(services, "_send", unreachable)
    with pytest.raises(ConnectionRefusedError):
        services.deliver(message_id=message.pk, now=time.now())
    message.refresh_from_db()
    assert message.status == MessageStatus.QUEUED


def test_a_print_is_marked_once(authority: Authority) -> None:
    message = make_message(authority=authority, address="")
    services.mark_printed(message=message, by=officer(authority), now=time.now())
    assert message.status == MessageStatus.SENT
    assert verbs(message) == ["message.printed"]
    with pytest.raises(Refused):
        services.mark_printed(message=message, by=officer(authority), now=time.now())


def test_the_outbox_has_walls_and_shows_nothing_sealed(authority: Authority, school: School) -> None:
    other = make_authority()
    mine = make_message(authority=authority, school=school)
    sealed = make_message(authority=authority, recipient="Skyddad person 7", sealed=True)
    make_message(authority=other)
    seen = {message.pk: message for message in queries.readable_by(officer(authority))}
    assert set(seen) == {mine.pk, sealed.pk}
    assert (seen[sealed.pk].shown_address, seen[sealed.pk].shown_body) == ("", "")
    assert seen[mine.pk].shown_body == "Välkommen!"
    administrator = Person(2, "Amina Lindqvist", (Held(Role.SCHOOL_ADMINISTRATOR, authority.pk, school.pk),))
    assert list(queries.readable_by(administrator)) == [mine]
    teacher = Person(3, "Karin Öst", (Held(Role.TEACHER, authority.pk, school.pk),))
    assert not queries.readable_by(teacher).exists()


def test_eight_workers_send_it_once(committed: None) -> None:
    message = make_message(authority=make_authority())
    sent: list[bool] = []
    race(lambda _: sent.append(services.deliver(message_id=message.pk, now=time.now())))
    assert sorted(sent) == [False] * 7 + [True]
    assert verbs(message) == ["message.sent"]
    assert connection.is_usable()


def test_only_an_email_that_has_waited_long_is_enqueued_anew(authority: Authority) -> None:
    now = time.now()
    old = make_message(authority=authority, now=now - timedelta(days=2))
    make_message(authority=authority, now=now)
    make_message(authority=authority, address="", now=now - timedelta(days=2))
    assert services.enqueue_waiting(before=now - timedelta(days=1)) == 1
    assert ProcrastinateJob.objects.filter(args__message_id=old.pk).count() == 2


def test_a_secret_goes_at_once_and_stays_in_no_outbox(authority: Authority) -> None:
    given = {"authority": authority, "address": "karin@example.org", "subject": "Nytt lösenord", "body": "/lank/x/"}
    assert services.send_secret(**given) is True
    assert (mail.outbox[0].to, mail.outbox[0].reply_to) == (["karin@example.org"], [authority.email])
    assert not Message.objects.exists() and not ProcrastinateJob.objects.exists()
    with pytest.raises(Refused):
        services.send_secret(**(given | {"subject": "x\r\nBcc: alla@example.org"}))
