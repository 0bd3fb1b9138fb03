"""What the student is told: her grade is locked, approved (R54), or has moved her end date (R51)."""

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kursvis.grades.rules import weeks_after
from kursvis.letters.rules import address_for
from kursvis.post import services as post
from kursvis.studies.models import Enrolment

END_MOVED_NOTE = gettext_lazy("Betyget låstes före slutdatum")
LOCK_EFFECT = gettext_lazy(
    "Betygsdatumet blir den studerandes slutdatum. Studierna avslutas, betyget räknas som resultat, och villkor som "
    "väntade på kursen uppfylls om betyget är godkänt. Den studerande får besked. Sedan kan bara kommunen låsa upp "
    "betyget, med skäl."
)
"""What locking means, read before it is done."""


def tell_locked(enrolment: Enrolment, *, now: datetime) -> None:
    """Tell the student that the teacher has set and locked her grade. The value stands on her page, not in the mail."""
    body = _(
        "Hej!\n\n"
        "Läraren har satt och låst ditt betyg i {course} ({code}). Logga in och se det under Mina betyg.\n\n"
        "Nu skickar skolan betyget till kommunen, som godkänner det. Du får besked när det är gjort.\n\n"
        "Undrar du över betyget? Kontakta skolan: {email}.\n\n{school}"
    )
    subject = _("Läraren har satt och låst ditt betyg i {course}")
    tell(enrolment, subject=subject.format(**_named(enrolment)), body=body.format(**_named(enrolment)), now=now)


def tell_approved(enrolment: Enrolment, *, now: datetime) -> None:
    """Tell the student that the municipality has approved her grade: it is final, whatever its value."""
    body = _(
        "Hej!\n\n"
        "Kommunen har tagit emot och godkänt ditt betyg i {course} ({code}). Det betyder att betyget är klart, vilket "
        "betyg du än har fått. Logga in och se det under Mina betyg.\n\n"
        "Undrar du över betyget? Kontakta skolan: {email}.\n\n{school}"
    )
    subject = _("Ditt betyg i {course} är godkänt av kommunen")
    tell(enrolment, subject=subject.format(**_named(enrolment)), body=body.format(**_named(enrolment)), now=now)


def tell(enrolment: Enrolment, *, subject: str, body: str, now: datetime) -> None:
    """Queue a message to the student: by e-mail, or sealed and on paper when her identity is protected.

    Part of the step that causes it. Reads the group's course, school and authority.
    """
    student = enrolment.student
    post.queue_email(
        authority=enrolment.group.authority,
        school=enrolment.group.school,
        recipient=student.listed_name,
        address=address_for(student.email, is_protected=student.is_protected),
        subject=subject,
        body=body,
        sealed=student.is_protected,
        concerns=student.uuid,
        now=now,
    )


def _named(enrolment: Enrolment) -> dict[str, str]:
    group = enrolment.group
    return {
        "course": group.course.name,
        "code": group.course.code,
        "email": group.school.email,
        "school": group.school.name,
    }


def weeks_in_words(*, new_end: date, old_end: date) -> str:
    """Return how many weeks of study aid fall away, and which."""
    weeks = weeks_after(new_end=new_end, old_end=old_end)
    if not weeks:
        return _("ingen hel vecka")
    numbers = [monday.isocalendar().week for monday in weeks]
    which = f"v. {numbers[0]}" if len(numbers) == 1 else f"v. {numbers[0]}–{numbers[-1]}"
    count = ngettext("{number} vecka", "{number} veckor", len(weeks)).format(number=len(weeks))
    return f"{count} ({which})"


def end_moved_subject(enrolment: Enrolment) -> str:
    """Return the subject of the message."""
    return _("Ditt slutdatum är flyttat: {course}").format(course=enrolment.group.course.name)


def end_moved_body(enrolment: Enrolment, *, old_end: date, new_end: date | None = None) -> str:
    """Return the message: the old end, the new one, and what it may mean for study aid."""
    new_end = new_end or enrolment.ends_on
    return _(
        "Hej!\n\n"
        "Läraren har låst ditt betyg i {course} ({code}), grupp {group}, innan kursen var slut. Därför är ditt "
        "slutdatum flyttat från {old} till {new}.\n\n"
        "Det kan påverka ditt studiemedel: {weeks} med studier faller bort. Skolan lämnar ändringen till CSN. Har du "
        "fått pengar för tid efter {new} kan du behöva betala tillbaka. Kontakta CSN om du undrar.\n\n"
        "Stämmer det inte? Kontakta skolan: {email}.\n\n{school}"
    ).format(
        group=enrolment.group.name,
        old=old_end.isoformat(),
        new=new_end.isoformat(),
        weeks=weeks_in_words(new_end=new_end, old_end=old_end),
        **_named(enrolment),
    )
