"""The call: a tagged PDF/A and PDF/UA that says what it must, kept and put in the post."""

import io

import pytest
from django.db import ProgrammingError, transaction
from pypdf import PdfReader

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.audit.models import Event
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.letters import services
from kursvis.letters.models import Letter
from kursvis.letters.tests.factories import make_letter
from kursvis.organisation.tests.factories import make_school
from kursvis.people.models import Student
from kursvis.people.rules import Protection
from kursvis.people.tests.factories import make_reader, make_student
from kursvis.post.models import Message
from kursvis.post.rules import Channel

pytestmark = pytest.mark.django_db
CONDITION = "Du har inte rätt att börja kursen om du inte är behörig vid kursstart"


def student_of(letter_school: object, **given: object) -> Student:
    contact = {"email": "elev@example.org", "street": "Åsgatan 4", "postal_code": "999 99", "locality": "Provstad"}
    return make_student(authority=letter_school.authority, contact=contact, **given)


def text_of(letter: Letter) -> str:
    pages = PdfReader(io.BytesIO(bytes(letter.pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_call_says_who_where_and_when() -> None:
    school = make_school()
    letter = make_letter(student=student_of(school, first_name="Åke", last_name="Öst"), school=school)
    text = text_of(letter)
    for part in ("Åke Öst", "Åsgatan 4", "Matematik, nivå 1a", "MATE1A00X", "Björkgatan 3", "tisdag", school.name):
        assert part in text
    assert CONDITION not in text


def test_a_call_without_a_place_gives_the_schools_address_but_not_at_a_distance() -> None:
    school = make_school()
    student = student_of(school)
    here, far = (
        text_of(make_letter(student=student, school=school, place=" ", study_form=form.value))
        for form in (StudyForm.CLASSROOM, StudyForm.DISTANCE)
    )
    assert f"Plats {school.name}, {school.street}" in here
    assert "Plats" not in far.replace("plats", "")


def test_the_call_on_condition_says_so_in_letter_and_email() -> None:
    school = make_school()
    told = {
        "condition": "Om godkänd på underliggande kurs, annars avslag",
        "condition_text": "Annars avslår kommunen ansökan.",
        "required_course": "Matematik, nivå 1 (MATE1000X)",
    }
    letter = make_letter(student=student_of(school), school=school, **told)
    for text in (text_of(letter), Message.objects.get().body):
        assert all(part in text for part in told.values()) and CONDITION in text


def test_the_pdf_is_tagged_archivable_and_accessible() -> None:
    school = make_school()
    reader = PdfReader(io.BytesIO(bytes(make_letter(student=student_of(school), school=school).pdf)))
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("sv")
    assert "<pdfaid:part>2</pdfaid:part>" in metadata and "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata


def test_what_people_wrote_is_only_text() -> None:
    school = make_school()
    student = student_of(school, first_name='#read("/etc/passwd")', last_name="*Öst* $x$")
    text = text_of(make_letter(student=student, school=school))
    assert '#read("/etc/passwd") *Öst* $x$' in text


def test_it_is_queued_with_the_letter_attached_and_logged() -> None:
    school = make_school()
    by = actor(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    student = student_of(school)
    letter = make_letter(student=student, school=school, by=by)
    message = Message.objects.get()
    assert (message.channel, message.school_id) == (Channel.EMAIL, school.pk)
    assert bytes(message.attachment) == bytes(letter.pdf) and message.attachment_name.endswith(".pdf")
    event = Event.objects.get(verb="letter.made")
    assert (event.subject_id, event.student_id, event.actor_id) == (letter.pk, student.pk, by.user_id)


@pytest.mark.parametrize(
    "email, protection, channel",
    [("", Protection.NONE, Channel.PRINT), ("elev@example.org", Protection.SECRECY_MARK, Channel.PROTECTED)],
)
def test_paper_for_who_has_no_email_or_is_protected(email: str, protection: Protection, channel: Channel) -> None:
    school = make_school()
    student = student_of(school, protection=protection)
    make_letter(student=student, school=school, email=email)
    message = Message.objects.get()
    assert (message.channel, message.address) == (channel, "")
    assert message.sealed is (protection is not Protection.NONE)
    assert message.recipient == student.listed_name


def test_a_line_break_in_the_courses_name_makes_no_letter() -> None:
    school = make_school()
    with pytest.raises(Refused), transaction.atomic():
        make_letter(student=student_of(school), school=school, course_name="Matematik\r\nBcc: x@example.org")
    assert not Letter.objects.exists() and not Message.objects.exists()


def test_opening_a_protected_persons_letter_needs_a_named_reader_and_a_reason() -> None:
    school = make_school()
    administrator = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)
    letter = make_letter(student=student_of(school, protection=Protection.SECRECY_MARK), school=school)
    reading = {"letter": letter, "by": actor(administrator), "now": time.now()}
    with pytest.raises(Refused):
        services.opened(**reading, reason="Ska skrivas ut")
    make_reader(student=letter.student, user=administrator)
    with pytest.raises(Refused):
        services.opened(**reading, reason=" ")
    services.opened(**reading, reason="Ska skrivas ut")
    assert Event.objects.filter(verb="letter.opened", subject_id=letter.pk).count() == 1
    assert Event.objects.get(verb="student.opened").detail == {"reason": "Ska skrivas ut"}


def test_a_letter_is_never_changed() -> None:
    school = make_school()
    letter = make_letter(student=student_of(school), school=school, by=SYSTEM)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(subject="Annat")
