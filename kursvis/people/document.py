"""What is printed for a protected person's letter: a covering sheet, the label of the inner envelope, the letter."""

from typing import Any

from django.utils.translation import gettext as _

from kursvis.core import pdf
from kursvis.core.time import swedish_date
from kursvis.people.models import Student
from kursvis.post.models import Message

ENVELOPE, LETTER = "kursvis/people/typst/envelope.typ", "kursvis/people/typst/letter.typ"


def envelope(message: Message, student: Student) -> bytes:
    """Return the covering sheet, which names nobody, and the inner envelope's label with name and personnummer."""
    data = _sender(message, student) | {
        "title": _("Brev att förmedla"),
        "forwarding_address": student.authority.forwarding_address.splitlines(),
        "name": f"{student.first_name} {student.last_name}",
        "personnummer": student.shown_personnummer,
    }
    return pdf.render(ENVELOPE, data)


def letter(message: Message, student: Student) -> bytes:
    """Return a message that has no document of its own as a letter."""
    data = _sender(message, student) | {
        "title": message.subject,
        "name": f"{student.first_name} {student.last_name}",
        "body": message.body,
    }
    return pdf.render(LETTER, data)


def _sender(message: Message, student: Student) -> dict[str, Any]:
    sender = message.school or student.authority
    return {
        "date": swedish_date(message.created_at).isoformat(),
        "authority": student.authority.adult_education_name,
        "sender": sender.name,
        "sender_address": _address(message, student),
        "phone": sender.phone,
        "email": sender.email,
    }


def _address(message: Message, student: Student) -> list[str]:
    """Return where the sender is: what comes back comes there."""
    if message.school is None:
        return str(student.authority.catalogue_address).splitlines()
    school = message.school
    return [school.name, school.street, f"{school.postal_code} {school.locality}".strip()]
