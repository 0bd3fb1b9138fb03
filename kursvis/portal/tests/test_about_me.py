"""*Allt om mig*: everything about who asks, nothing about anybody else."""

import io
import json
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import make_staff, make_user
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.audit.models import Event
from kursvis.core.personnummer import shown
from kursvis.grades.rules import GradeStatus
from kursvis.grades.tests.factories import Classroom, make_grade
from kursvis.people.rules import Protection
from kursvis.people.tests.factories import make_reader
from kursvis.portal import rules

pytestmark = pytest.mark.django_db
ADDRESS = "/mitt-konto/allt-om-mig/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _data(user: User) -> dict[str, Any]:
    response = client_of(user).get(f"{ADDRESS}json/")
    assert response["Content-Disposition"] == 'attachment; filename="allt-om-mig.json"'
    found: dict[str, Any] = json.loads(response.content)
    return found


def _sections(data: dict[str, Any]) -> dict[str, str]:
    return {section["key"]: json.dumps(section, ensure_ascii=False) for section in data["sections"]}


def test_a_student_takes_out_everything_about_herself(django_assert_max_num_queries: Any) -> None:
    classroom = Classroom()
    grade = make_grade(classroom, value="B", status=GradeStatus.LOCKED, first_name="Hodan", last_name="Abdi")
    student = grade.enrolment.student
    other = make_grade(classroom, first_name="Åke", last_name="Öst").enrolment.student
    staff = classroom.office.administrator_user
    client_of(staff).get(f"/studerande/{student.uuid}/")
    client = client_of(student.user)
    with django_assert_max_num_queries(40):
        page = client.get(ADDRESS).content.decode()
    sections = _sections(_data(student.user))
    assert set(sections) == {
        *("account", "records", "applications", "decisions", "enrolments", "grades", "readings", "events")
    }
    assert shown(student.personnummer) in sections["account"] and "000-000 00 00" in sections["records"]
    assert "Bli undersköterska" in sections["applications"] and "Jag arbetar kväll." in sections["applications"]
    assert '"value": "B"' in sections["grades"] and classroom.group.name in sections["enrolments"]
    assert "Personkortet öppnat" in sections["readings"]
    assert f"{staff.full_name}, {classroom.office.school.name}" in sections["readings"] and staff.full_name in page
    assert "Öst" not in "".join(sections.values()).replace("Karin Öst", "") and other.personnummer not in page
    taken_out = Event.objects.filter(verb="student.own_extract", student_id=student.pk).order_by("id")
    assert [event.detail["form"] for event in taken_out] == ["page", "json"]


def test_a_grade_is_in_it_from_the_lock_on() -> None:
    grade = make_grade(Classroom(), value="B")
    assert '"value": "B"' not in _sections(_data(grade.enrolment.student.user))["grades"]


def test_300_events_cost_as_few_queries_as_three(django_assert_max_num_queries: Any) -> None:
    office = Office()
    student = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED).student
    event = Event.objects.filter(student_id=student.pk)[0]
    fields = [field.attname for field in Event._meta.concrete_fields if not field.primary_key]
    Event.objects.bulk_create(Event(**{name: getattr(event, name) for name in fields}) for _number in range(300))
    with django_assert_max_num_queries(40):
        assert client_of(student.user).get(ADDRESS).status_code == 200


def test_a_protected_person_takes_out_everything_about_herself() -> None:
    office = Office()
    student = make_choice(
        office=office, status=ChoiceStatus.DISTRIBUTED, protection=Protection.SECRECY_MARK, last_name="Holmgren"
    ).student
    make_reader(student=student, user=office.officer_user)
    client_of(office.officer_user).post(f"/studerande/{student.uuid}/", {"reason": "Hon ringde"})
    sections = _sections(_data(student.user))
    assert "Holmgren" in sections["records"] and office.officer_user.full_name in sections["records"]
    assert "Hon ringde" in sections["readings"]


def test_staff_take_out_what_they_have_done_but_not_with_whom() -> None:
    office = Office()
    student = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, last_name="Abdi").student
    client_of(office.administrator_user).get(f"/studerande/{student.uuid}/")
    sections = _sections(_data(office.administrator_user))
    assert "Personkortet öppnat" in sections["own_steps"] and "Skoladministratör" in sections["roles"]
    assert "Abdi" not in "".join(sections.values())
    assert Event.objects.get(verb="user.own_extract").actor_id == office.administrator_user.pk


def test_the_pdf_says_what_the_page_says() -> None:
    student = make_choice(status=ChoiceStatus.DISTRIBUTED, first_name="Hodan", last_name="Abdi").student
    response = client_of(student.user).get(f"{ADDRESS}pdf/")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).split())
    for words in ("Allt om mig: Hodan Abdi", shown(student.personnummer), "Bli undersköterska", "Vad som har hänt"):
        assert words in text, words


def test_it_is_taken_out_so_many_times_an_hour() -> None:
    client = client_of(make_user())
    for _time in range(rules.MOST_OWN_EXTRACTS):
        assert client.get(ADDRESS).status_code == 200
    refused = client.get(f"{ADDRESS}json/")
    assert refused.status_code == 409 and "20 gånger" in refused.content.decode()


def _against(schema: dict[str, Any], value: Any, where: str) -> list[str]:
    """Return what in a value is not as the schema says, by the few words of JSON Schema that the schema uses."""
    wrong = [where] if "const" in schema and value != schema["const"] else []
    wrong += [where] if "enum" in schema and value not in schema["enum"] else []
    if schema.get("type") == "object":
        wrong += [f"{where}.{name}" for name in set(schema["required"]) ^ set(value)]
        for name, part in schema["properties"].items():
            wrong += _against(part, value.get(name), f"{where}.{name}")
    if schema.get("type") == "array":
        for number, item in enumerate(value):
            wrong += _against(schema["items"], item, f"{where}[{number}]")
    return wrong + ([where] if schema.get("type") == "string" and not isinstance(value, str) else [])


def test_the_json_is_as_its_schema_says() -> None:
    user = make_grade(Classroom(), status=GradeStatus.LOCKED).enrolment.student.user
    response = client_of(user).get(f"{ADDRESS}schema/")
    schema = json.loads(b"".join(response))
    assert schema["properties"]["sections"]["items"]["properties"]["key"]["enum"]
    assert _against(schema, _data(user), "extract") == []
    assert _against(schema, _data(make_staff(Role.ECONOMIST)), "extract") == []
    wrong = {"format": "other", "name": 1, "made_at": "", "sections": []}
    assert _against(schema, wrong, "x") == ["x.format", "x.name"]
