"""Nothing of a protected person comes out, wherever it is asked for and whoever asks, until a named reader opens it."""

import io
import json
import logging
from typing import Any

import pytest
from django.db import connection
from pypdf import PdfReader

from kursvis.accounts.models import User
from kursvis.admissions.models import Application
from kursvis.core.models import as_sort_key
from kursvis.demo.rules.cast import CAST, CastMember, member
from kursvis.people.models import Student
from kursvis.post.models import Message
from tests.access.matrix import MATRIX
from tests.access.test_access import NAMES_EVERYBODY, Asker, _address
from tests.access.world import PROTECTED, ZONES, World
from tests.exits.registry import ADDRESSES, WITH_SEARCH, Shows

SHE = member("protected_student")
NUMBER = SHE.personnummer
CONTACT = {"email": "qvist.hemlig@skydd.example", "phone": "070-911 22 33", "street": "Qvistgränd 17"}
SECRETS = [
    SHE.last_name,
    f"{SHE.first_name} {SHE.last_name}",
    NUMBER,
    f"{NUMBER[:8]}-{NUMBER[8:]}",
    f"{NUMBER[2:8]}-{NUMBER[8:]}",
    NUMBER[2:],
    *CONTACT.values(),
]
NOBODY = {"words": "Xyzzyqvist", "number": "189001019802"}
SHARES = 2


def _askers() -> list[CastMember]:
    """Return one person for each role and unit."""
    found = {(p.role, p.school, p.authority): p for p in CAST if p is not SHE}
    return list(found.values())


@pytest.fixture
def student(walks: None) -> Student:
    """Return the protected student, with details that occur nowhere else."""
    student = Student.objects.exclude(protection="none").get(personnummer=NUMBER)
    Student.objects.filter(pk=student.pk).update(**CONTACT)
    User.objects.filter(pk=student.user_id).update(email=CONTACT["email"])
    Application.objects.filter(student=student).update(email=CONTACT["email"], phone=CONTACT["phone"])
    student.refresh_from_db()
    return student


def _said(response: Any) -> str:
    """Return all that an answer says: headers, cookies and the page, or the text of a PDF."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    text = content.decode("utf-8", "replace")
    if response.get("Content-Type") == "application/pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return f"{response.headers} {response.cookies} {text}"


def _leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("share", range(SHARES))
def test_no_address_shows_her_to_anybody(share: int, student: Student, caplog: pytest.LogCaptureFixture) -> None:
    """As everybody: the pages about her, the lists, and a search for her there as for somebody who is nobody."""
    world, wrong, asked, searched = World(), [], 0, 0
    caplog.set_level(logging.INFO)
    for person in _askers()[share::SHARES]:
        asker = Asker(person)
        for name in sorted(n for n, shows in ADDRESSES.items() if shows in (Shows.PERSONS, Shows.STAFF)):
            row = MATRIX[name]
            if row.post or name == NAMES_EVERYBODY:
                continue
            zones = ZONES[row.target]
            address = _address(name, row, PROTECTED if PROTECTED in zones else zones[0], world)
            asked += 1
            answer = asker.asks(address, post=False)
            if leaked := _leaks(_said(answer)):
                wrong.append((name, person.key, leaked))
            if name in WITH_SEARCH and answer.status_code == 200:
                searched += 1
                wrong += _found(asker, address, name, person)
    assert not wrong, "\n".join(map(str, wrong))
    assert asked > 300 and searched > 20 and not _leaks(caplog.text)


def _found(asker: Asker, address: str, name: str, person: CastMember) -> list[Any]:
    """Return what is wrong with a search for her: it must find as much as one for nobody."""
    wrong = []
    for typed, nothing in ((SHE.last_name, NOBODY["words"]), (NUMBER, NOBODY["number"])):
        hers, nobodys = (asker.asks(f"{address}?q={text}", post=False) for text in (typed, nothing))
        if hers.status_code != nobodys.status_code or _count(hers) != _count(nobodys):
            wrong.append((name, person.key, "a search for her differs from one for nobody"))
        if _leaks(_said(hers).replace(typed, "")):
            wrong.append((name, person.key, "a search for her shows her"))
    return wrong


def _count(response: Any) -> int | None:
    page = (response.context or {}).get("page") if response.status_code == 200 else None
    paginator = getattr(page, "paginator", None)
    return paginator.count if paginator else None


def test_what_lies_in_queues_names_her_nowhere(student: Student) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs")
        assert not _leaks(json.dumps([row[0] for row in cursor.fetchall()], ensure_ascii=False))
    told = Message.objects.filter(concerns=student.uuid)
    assert told.exists() and not told.exclude(sealed=True).exists()
    assert not told.filter(channel="email", recipient=student.listed_name).exists()
    assert set(told.exclude(recipient="Studievägledarna").values_list("channel", "address")) == {("protected", "")}
    for message in Message.objects.all().defer("attachment"):
        assert not _leaks(f"{message.recipient} {message.subject} {message.address}")
        assert message.sealed or not _leaks(message.body)


def test_her_place_in_a_list_says_nothing_of_her_name(student: Student) -> None:
    assert student.name_key == as_sort_key(student.listed_name)
    Student.objects.filter(pk=student.pk).update(first_name="Aa", last_name="Aa")
    assert Student.objects.get(pk=student.pk).name_key == student.name_key


def test_a_named_reader_who_says_why_sees_all_of_it(student: Student) -> None:
    """What the others do not see is there to be seen: this test would fail if the one above looked for nothing."""
    reader = Asker(member("school_administrator"))
    page = reader.client.post(f"/studerande/{student.uuid}/", {"reason": "Hon ringde"}).content.decode()
    for secret in (f"{SHE.first_name} {SHE.last_name}", f"{NUMBER[:8]}-{NUMBER[8:]}", *CONTACT.values()):
        assert secret in page
    again = reader.client.get(f"/studerande/{student.uuid}/").content.decode()
    assert not _leaks(again)
