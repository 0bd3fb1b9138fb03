"""What the student is told when her end date is moved by an early grade (R51)."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kursvis.grades.rules import weeks_after
from kursvis.studies.models import Enrolment

END_MOVED_NOTE = gettext_lazy("Betyget låstes före slutdatum")


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
        course=enrolment.group.course.name,
        code=enrolment.group.course.code,
        group=enrolment.group.name,
        old=old_end.isoformat(),
        new=new_end.isoformat(),
        weeks=weeks_in_words(new_end=new_end, old_end=old_end),
        email=enrolment.group.school.email,
        school=enrolment.group.school.name,
    )
