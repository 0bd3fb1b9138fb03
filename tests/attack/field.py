"""The field of the attacks: one world, somebody of each kind to ask in it, and every row that a request writes.

Triggers of the owner's note each row as it was and as it became; then the request is rolled back.
"""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from conftest import owner_connection
from kursvis.accounts.models import Device, User
from kursvis.accounts.tests.browsers import confirm
from kursvis.core import time
from kursvis.demo.rules.cast import CastMember, member
from tests.access.matrix import MATRIX, PUBLIC
from tests.access.world import ZONES, World
from tests.architecture.test_audited_writes import FREE
from tests.attack import pages

SWITCH = "kursvis.watched"
_SETUP = """
CREATE TABLE watched_writes (tablename text NOT NULL, was jsonb, became jsonb);
CREATE FUNCTION watch_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO watched_writes VALUES (TG_TABLE_NAME,
    CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END, CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);
  RETURN NULL;
END $$;
"""
_TRIGGER = (
    'CREATE TRIGGER watch_write AFTER INSERT OR UPDATE OR DELETE ON "{}" FOR EACH ROW '
    f"WHEN (current_setting('{SWITCH}', true) = 'yes') EXECUTE FUNCTION watch_write()"
)
UNSEEN: dict[str, tuple[str, ...]] = {
    "accounts:keep_forms": ("path", "forms"),
    "accounts:give_back_forms": ("path",),
    "accounts:pick_test_person": ("personnummer", "next"),
    "accounts:enter_new_test_person": ("personnummer", "first_name", "last_name", "next"),
    "admissions:open_applicant": ("reason",),
}
"""What is sent to addresses whose form is on no page that was visited."""
ASKERS = (
    "system_administrator",
    "admissions_officer",
    "grade_registrar",
    "economist",
    "municipal_principal",
    "records_officer",
    "school_administrator",
    "school_principal",
    "teacher",
    "student",
    "graded_student",
    "protected_student",
)
"""Who is shown pages and forms, one of each kind; the access matrix asks all of the cast."""
VISITS = 2
"""How many pages of each address are followed, of all that link to them."""


@dataclass(frozen=True)
class Write:
    """A row as it was and as it became; one of the two is missing where it was made or deleted."""

    table: str
    was: dict[str, Any] | None
    became: dict[str, Any] | None

    @property
    def changed(self) -> dict[str, Any]:
        """Return the columns that got another value."""
        was = self.was or {}
        return {name: value for name, value in (self.became or {}).items() if was.get(name) != value}


@dataclass
class Answer:
    """What came back, and what was written meanwhile."""

    response: Any
    writes: list[Write]

    @property
    def status(self) -> int:
        status: int = self.response.status_code
        return status

    @property
    def failed(self) -> str:
        """Say what broke, where something did."""
        if self.status < 500:
            return ""
        info = getattr(self.response, "exc_info", None)
        return repr(info[1])[:200] if info else str(self.status)

    @property
    def text(self) -> str:
        if self.response.streaming:
            return ""
        body: str = self.response.content.decode("utf-8", "replace")
        return body

    @property
    def business(self) -> list[Write]:
        """Return the writes to tables of the business: not the log, sessions or counters."""
        return [write for write in self.writes if write.table not in FREE]


@contextmanager
def watched_tables() -> Iterator[None]:
    """Let the owner put triggers on every table, and take them away."""
    with owner_connection() as owner:
        tables = [name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        owner.execute(_SETUP)
        for name in tables:
            owner.execute(_TRIGGER.format(name))
    try:
        yield
    finally:
        with owner_connection() as owner:
            for name in tables:
                owner.execute(f'DROP TRIGGER watch_write ON "{name}"')
            owner.execute("DROP FUNCTION watch_write(); DROP TABLE watched_writes")


class Asker:
    """One person (or nobody) in a browser of her own. What a request changes is noted and rolled back."""

    def __init__(self, person: CastMember | None, **client: Any) -> None:
        self.person = person
        self.key = person.key if person else "anonymous"
        self.client = Client(raise_request_exception=False, **client)
        self.user = User.objects.get(personnummer=person.personnummer) if person else None
        if self.user:
            self.client.force_login(self.user, backend="kursvis.accounts.backends.ElectronicIdBackend")
            confirm(self.client, self.user)
        self.level = "student"
        if person and person.role:
            self.level = "school" if person.school else "municipal"

    def ask(self, method: str, address: str, data: Any = None, **given: Any) -> Answer:
        """Ask for an address."""
        jar = dict(self.client.cookies)
        with transaction.atomic():
            _watch()
            response = getattr(self.client, method)(address, data, **given)
            writes = _writes()
            transaction.set_rollback(True)
        self.client.cookies.clear()
        self.client.cookies.update(jar)
        return Answer(response, writes)


def _watch() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'yes', true)", [SWITCH])


def _writes() -> list[Write]:
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT tablename, was, became FROM watched_writes")
        except Exception:  # the view left a broken transaction behind: nothing of it was kept
            return []
        return [
            Write(table, *(json.loads(row) if isinstance(row, str) else row for row in (was, became)))
            for table, was, became in cursor.fetchall()
        ]


@dataclass
class Found:
    """A form that somebody was shown, and the address that takes it."""

    name: str
    form: pages.Form
    asker: Asker


@dataclass
class Seen:
    """A page that somebody was shown."""

    asker: Asker
    name: str
    address: str
    answer: Answer
    page: pages.Page


class Field:
    """The world, who asks in it, and what they were shown."""

    def __init__(self) -> None:
        self.world = World()
        self.askers = {key: Asker(member(key)) for key in ASKERS}
        self.askers["anonymous"] = Asker(None)
        student = self.askers["student"].user
        assert student is not None
        self.device = Device.objects.create(
            user=student, secret_hash="x", name="", first_seen_at=time.now(), seen_at=time.now()
        )
        self.seen: list[Seen] = []
        self.parameters: set[str] = {"sida", "ordning", "next", "q"}
        self.forms: list[Found] = []
        self._kinds: set[Any] = set()

    def address(self, name: str) -> str:
        """Return the address of a row of the matrix."""
        row = MATRIX[name]
        zone = ZONES[row.target][0]
        if row.target == "device":
            return reverse(name, kwargs={row.argument: self.device.uuid})
        return reverse(name, kwargs={row.argument: self.world.uuid_of(row.target, zone)} if row.target else {})

    def visit(self) -> None:
        """Let everybody look at the pages that she reaches, and at a few that they link to; remember what was shown."""
        for asker in self.askers.values():
            waiting = deque(self.address(name) for name in MATRIX)
            asked: Counter[str] = Counter()
            known: set[str] = set()
            while waiting:
                address = waiting.popleft().partition("#")[0]
                name = name_of(address)
                if address in known or not _looks_at(asker, name) or asked[name] >= VISITS:
                    continue
                known.add(address)
                asked[name] += 1
                answer = asker.ask("get", address)
                page = pages.read(answer.text, address)
                self.seen.append(Seen(asker, name, address, answer, page))
                self.parameters |= page.parameters
                waiting.extend(page.links)
                self._remember(page.forms, asker)
        for name, row in MATRIX.items():
            if row.post and name not in {found.name for found in self.forms}:
                form = pages.Form(
                    self.address(name), "post", [pages.Field(one, "text") for one in UNSEEN.get(name, ())]
                )
                self.forms.append(Found(name, form, self.askers[_one_who_reaches(name)]))

    def _remember(self, forms: list[pages.Form], asker: Asker) -> None:
        """Keep one form of each kind and level: the same address, with the same fields but for rows."""
        for form in forms:
            name = name_of(form.action)
            kind = (asker.level, name, frozenset(UUID_IN.sub("", one.name) for one in form.fields))
            if kind not in self._kinds and name in MATRIX:
                self._kinds.add(kind)
                self.forms.append(Found(name, form, asker))


def _looks_at(asker: Asker, name: str) -> bool:
    """Say whether to look at an address as somebody: the access matrix has asked for all the others."""
    row = MATRIX.get(name)
    if row is None or row.post:
        return False
    if row.reach == PUBLIC:
        return asker.key in ("anonymous", "student")
    if isinstance(row.reach, str):
        return asker.person is not None and (asker.level == "student" or asker.key == "teacher")
    return asker.person is not None and asker.person.role in row.reach


def _one_who_reaches(name: str) -> str:
    row = MATRIX[name]
    for key in ASKERS:
        if isinstance(row.reach, frozenset) and member(key).role in row.reach:
            return key
    return "anonymous" if row.reach == PUBLIC else "student"


def name_of(address: str) -> str:
    """Return the name of an address, empty where it has none."""
    try:
        found = resolve(address.partition("?")[0].partition("#")[0])
    except Resolver404:
        return ""
    return f"{found.namespace}:{found.url_name}"


UUID_IN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
