"""What is held about a person as a student, at each municipality."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kursvis.admissions.models import Choice, Decision
from kursvis.core.wording import label
from kursvis.grades.models import Grade
from kursvis.grades.rules import GradeStatus
from kursvis.letters.models import Letter
from kursvis.merits.models import Result
from kursvis.people.models import ProtectedReader, Student
from kursvis.portal.queries.about_me.parts import Entry, Section, facts, from_to
from kursvis.studies.models import Enrolment


def records(students: Sequence[Student]) -> Section:
    """Return the record at each municipality, and who may read a protected person's."""
    readers: dict[int, list[str]] = {}
    for row in ProtectedReader.objects.filter(student__in=students).select_related("user").order_by("starts_on", "pk"):
        told = f"{row.user.full_name} ({from_to(row.starts_on, row.ends_on)})"
        readers.setdefault(row.student_id, []).append(told)
    entries = tuple(
        Entry(
            student.authority.name,
            facts(
                ("first_name", _("Förnamn"), student.first_name),
                ("last_name", _("Efternamn"), student.last_name),
                ("personnummer", _("Personnummer"), student.shown_personnummer),
                ("birth_date", _("Födelsedatum"), student.birth_date),
                ("protection", _("Skydd av personuppgifter"), label("protection", student.protection).text),
                ("listed_name", _("Namn i listor"), student.listed_name),
                ("email", _("E-post"), student.email),
                ("phone", _("Telefon"), student.phone),
                ("street", _("Gatuadress"), student.street),
                ("postal_code", _("Postnummer"), student.postal_code),
                ("locality", _("Ort"), student.locality),
                ("home_municipality", _("Hemkommun"), student.home_municipality),
                ("readers", _("Utsedda att läsa dina skyddade uppgifter"), readers.get(student.pk, [])),
            ),
        )
        for student in students
    )
    return Section("records", _("Dina uppgifter hos kommunen"), "", entries)


def applications(choices: Sequence[Choice], *, today: date) -> Section:
    """Return what she has applied for, in her own words, and where it stands."""
    return Section("applications", _("Dina ansökningar"), "", tuple(_application(row, today) for row in choices))


def _application(choice: Choice, today: date) -> Entry:
    sent, start = choice.application, choice.course_start
    condition = getattr(choice, "condition", None)
    return Entry(
        f"{start.course.name}, {start.school.name}",
        facts(
            ("number", _("Ansökans nummer"), sent.number),
            ("period", _("Kursen"), from_to(start.starts_on, start.ends_on)),
            ("email", _("E-post i ansökan"), sent.email),
            ("phone", _("Telefon i ansökan"), sent.phone),
            ("goal", _("Ditt mål"), sent.goal),
            ("message", _("Ditt meddelande"), sent.message),
            ("created_at", _("Påbörjad"), sent.created_at),
            ("submitted_at", _("Inskickad"), sent.submitted_at),
            ("status", _("Läge"), label("own_choice", choice.own_state(today)).text),
            ("status_at", _("Läget sedan"), choice.status_at),
            ("called_at", _("Kallad"), choice.called_at),
            ("returned_as", _("Skäl till retur"), choice.returned_as),
            ("return_text", _("Mer om returen"), choice.return_text),
            ("condition", _("Villkor"), f"{condition.named} ({condition.required.name})" if condition else ""),
            ("condition_status", _("Villkorets läge"), label("condition", condition.status).text if condition else ""),
            ("evidence", _("Underlag för villkoret"), condition.evidence if condition else ""),
        ),
        reverse("admissions:show_own", args=[choice.uuid]),
    )


def decisions(choices: Sequence[Choice]) -> Section:
    """Return what has been decided about her applications, by whom and why."""
    courses = {choice.pk: choice.course_start.course.name for choice in choices}
    rows = Decision.objects.filter(choice__in=choices).order_by("-decided_at", "-pk")
    entries = tuple(
        Entry(
            f"{label('decision', row.kind).text}: {courses[row.choice_id]}",
            facts(
                ("outcome", _("Beslut"), label("outcome", row.outcome).text),
                ("decided_on", _("Beslutat"), row.decided_on),
                ("decider", _("Beslutsfattare"), row.decider_name),
                ("delegation", _("Delegation"), row.delegation),
                ("grounds", _("Grunder"), [str(label("ground", ground).text) for ground in row.grounds]),
                ("reason", _("Skäl"), row.reason),
            ),
        )
        for row in rows
    )
    return Section("decisions", _("Beslut om dig"), "", entries)


def letters(students: Sequence[Student]) -> Section:
    """Return the letters that were sent to her, with the address of each PDF."""
    rows = Letter.objects.filter(student__in=students).select_related("school").defer("pdf").order_by("-id")
    entries = tuple(
        Entry(
            row.subject,
            facts(("made_at", _("Skapat"), row.made_at), ("school", _("Från"), row.school)),
            reverse("studies:open_letter", args=[row.uuid]),
        )
        for row in rows
    )
    return Section("letters", _("Brev till dig"), "", entries)


def enrolments(rows: Sequence[Enrolment]) -> Section:
    """Return the courses that she was placed in."""
    entries = tuple(
        Entry(
            row.group.course.name,
            facts(
                ("code", _("Kurskod"), row.group.course.code),
                ("group", _("Grupp"), row.group.name),
                ("school", _("Skola"), row.group.school.name),
                ("period", _("Period"), from_to(row.starts_on, row.ends_on)),
                ("outcome", _("Status"), label("enrolment", row.outcome).text),
                ("outcome_on", _("Statusdatum"), row.outcome_on),
            ),
        )
        for row in rows
    )
    return Section("enrolments", _("Dina kurser"), "", entries)


def grades(rows: Sequence[Grade], students: Sequence[Student]) -> Section:
    """Return her grades (a value from the lock on, when it has been decided), and results from other sources."""
    entries = [_grade(row) for row in rows]
    results = Result.objects.filter(student__in=students, withdrawn_at=None).select_related("course").order_by("-dated")
    entries += [
        Entry(
            _("Resultat: {course}").format(course=row.course.name),
            facts(
                ("value", _("Resultat"), row.value),
                ("dated", _("Datum"), row.dated),
                ("source", _("Källa"), label("result_source", row.source).text),
            ),
        )
        for row in results
    ]
    return Section("grades", _("Dina betyg"), _("Ett betyg visas när läraren har låst det."), tuple(entries))


def _grade(grade: Grade) -> Entry:
    is_decided = grade.status != GradeStatus.SET
    return Entry(
        grade.enrolment.group.course.name,
        facts(
            ("value", _("Betyg"), grade.value if is_decided else ""),
            ("status", _("Läge"), label("grade", grade.status).text),
            ("grade_date", _("Betygsdatum"), grade.grade_date),
            ("decider", _("Beslutande lärare"), grade.decider),
            ("decided_at", _("Satt"), grade.decided_at),
            ("locked_at", _("Låst"), grade.locked_at),
            ("approved_at", _("Godkänt"), grade.approved_at),
            ("no_grade_reason", _("Skäl till streck"), grade.no_grade_reason if is_decided else ""),
            ("other_information", _("Övriga upplysningar"), grade.other_information if is_decided else ""),
        ),
    )
