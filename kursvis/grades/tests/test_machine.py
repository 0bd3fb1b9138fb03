"""Any sequence of steps keeps to the model: on the pure rules by the thousand, and on the database beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kursvis.admissions.models import Condition
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import make_choice
from kursvis.audit.tests.remembering import Memory
from kursvis.catalogue.rules.scales import A_TO_F
from kursvis.core import time
from kursvis.core.reasons import Reason, Refused
from kursvis.core.tests.sequences import database_sequences
from kursvis.grades import rules, services
from kursvis.grades.models import Catalogue, CatalogueEntry, CatalogueStep, Grade, GradeStep
from kursvis.grades.rules import CatalogueFacts, CatalogueStatus, GradeFacts, GradeStatus
from kursvis.grades.tests.factories import Classroom, make_enrolment
from kursvis.merits.models import Result
from kursvis.studies.models import Enrolment

G, K = GradeStatus, CatalogueStatus
STUDENTS, TEACHER, REGISTRAR = 3, 1, 2
LAST_DAY = date(2026, 12, 18)
VALUES = ("A", "F", "–", "")
ROWS = st.integers(0, STUDENTS - 1)
STEP = st.one_of(
    st.tuples(st.just("set"), ROWS, st.sampled_from(VALUES)),
    st.tuples(st.sampled_from(["lock", "lock_early", "unlock"]), ROWS),
    st.tuples(st.sampled_from(["create", "send", "receive", "approve", "return", "day", "lock_all"])),
)
Step = tuple[str | int, ...]
ALL_SET: list[Step] = [("set", row, value) for row, value in enumerate(("A", "F", "–"))]
LIKELY: st.SearchStrategy[list[Step]] = st.sampled_from(
    [
        [],
        [*ALL_SET, ("day",), ("lock_all",), ("create",)],
        [*ALL_SET, ("day",), ("lock_all",), ("create",), ("send",), ("receive",)],
        [*ALL_SET, ("day",), ("lock_all",), ("create",), ("send",), ("receive",), ("approve",), ("unlock", 0)],
        [*ALL_SET, ("lock_early", 0), ("create",), ("send",), ("return",)],
    ]
)
SEQUENCES = st.lists(STEP, min_size=1, max_size=16)


@dataclass
class ModelGrade:
    value: str = ""
    status: GradeStatus = G.SET
    ends_on: date = LAST_DAY
    catalogue: int | None = None


@dataclass
class ModelCatalogue:
    status: CatalogueStatus = K.CREATED
    replaced: bool = False


@dataclass
class Model:
    """What the steps should have led to."""

    today: date = LAST_DAY - timedelta(days=1)
    grades: list[ModelGrade] = field(default_factory=lambda: [ModelGrade() for _ in range(STUDENTS)])
    catalogues: list[ModelCatalogue] = field(default_factory=list)

    def facts(self, row: int) -> GradeFacts:
        grade = self.grades[row]
        return GradeFacts(
            status=grade.status if grade.value else None,
            value=grade.value,
            scale_values=A_TO_F.values,
            starts_on=LAST_DAY - timedelta(days=67),
            ends_on=grade.ends_on,
            enrolment_ended=grade.status is not G.SET,
            teacher_user_ids=frozenset({TEACHER}),
            student_user_id=100 + row,
            in_valid_catalogue=grade.catalogue is not None,
        )

    def free(self) -> list[ModelGrade]:
        return [grade for grade in self.grades if grade.status is not G.SET and grade.catalogue is None]

    def against(self, step: Step) -> list[Reason]:
        """Return the reasons that the rules give against a step."""
        name = step[0]
        if name == "set":
            return rules.against_setting(
                self.facts(int(step[1])), value=str(step[2]), today=self.today, actor_user_id=TEACHER
            )
        if name in ("lock", "lock_early"):
            to = self.today if name == "lock_early" else None
            return rules.against_locking(
                self.facts(int(step[1])), today=self.today, end_moved_to=to, actor_user_id=TEACHER
            )
        if name == "unlock":
            return rules.against_unlocking(self.facts(int(step[1])), reason="Fel", actor_user_id=REGISTRAR)
        return self._against_group_step(str(name))

    def _against_group_step(self, name: str) -> list[Reason]:
        if name == "create":
            unlocked = [grade for grade in self.grades if grade.status is G.SET and grade.value]
            return rules.against_creating_catalogue(
                locked_and_free=len(self.free()),
                unlocked=len(unlocked),
                title="Lärare",
                student_user_ids=frozenset({100}),
                actor_user_id=TEACHER,
            )
        moves = {"send": K.SENT, "receive": K.RECEIVED, "approve": K.APPROVED, "return": K.RETURNED}
        if name not in moves:
            return []
        if not self.catalogues:
            return [Reason("no catalogue")]
        facts = CatalogueFacts(self.catalogues[-1].status, frozenset({100}))
        return rules.against_moving_catalogue(facts, moves[name], actor_user_id=REGISTRAR, reason="Fel")

    def do(self, step: Step) -> None:
        """Do an allowed step."""
        name = str(step[0])
        if name == "set":
            self.grades[int(step[1])].value = str(step[2])
        elif name in ("lock", "lock_early"):
            self._lock(self.grades[int(step[1])], early=name == "lock_early")
        elif name == "unlock":
            self._unlock(self.grades[int(step[1])])
        else:
            getattr(self, f"_{name}")()

    def _day(self) -> None:
        self.today += timedelta(days=1)

    def _lock(self, grade: ModelGrade, *, early: bool) -> None:
        grade.status = G.LOCKED
        grade.ends_on = self.today if early else grade.ends_on

    def _lock_all(self) -> None:
        for row, grade in enumerate(self.grades):
            if grade.value and not self.against(("lock", row)):
                self._lock(grade, early=False)

    def _unlock(self, grade: ModelGrade) -> None:
        grade.status = G.SET
        if grade.catalogue is not None:
            self.catalogues[grade.catalogue].status = K.REPLACED
            self._empty(grade.catalogue)

    def _empty(self, number: int) -> None:
        for grade in self.grades:
            if grade.catalogue == number:
                grade.catalogue = None

    def _create(self) -> None:
        for old in self.catalogues:
            if old.status in (K.RETURNED, K.REPLACED):
                old.status, old.replaced = K.REPLACED, True
        free = self.free()
        self.catalogues.append(ModelCatalogue())
        for grade in free:
            grade.catalogue = len(self.catalogues) - 1

    def _send(self) -> None:
        self.catalogues[-1].status = K.SENT

    def _receive(self) -> None:
        self.catalogues[-1].status = K.RECEIVED

    def _approve(self) -> None:
        self.catalogues[-1].status = K.APPROVED
        for grade in self.grades:
            if grade.catalogue == len(self.catalogues) - 1:
                grade.status = G.APPROVED

    def _return(self) -> None:
        self.catalogues[-1].status = K.RETURNED
        number = len(self.catalogues) - 1
        for grade in self.grades:
            if grade.catalogue == number and grade.status is G.LOCKED:
                grade.status = G.SET
        self._empty(number)


@settings(max_examples=3000, derandomize=True)
@given(LIKELY, SEQUENCES)
def test_what_must_always_hold(beginning: list[Step], sequence: list[Step]) -> None:
    model = Model()
    for step in [*beginning, *sequence]:
        before = [(grade.status, grade.ends_on) for grade in model.grades]
        if model.against(step):
            continue
        model.do(step)
        for (status, ends_on), grade in zip(before, model.grades, strict=True):
            if status is not grade.status:
                assert grade.status in rules.TRANSITIONS[status]
            if grade.status is not G.SET:
                assert grade.value and grade.ends_on <= model.today
            assert grade.ends_on <= ends_on
            if grade.catalogue is not None:
                assert model.catalogues[grade.catalogue].status in rules.VALID_CATALOGUES
                assert grade.status is not G.SET


class Rig:
    """Three students of one group in the database, and the services to move their grades."""

    def __init__(self) -> None:
        self.room = Classroom()
        self.enrolments = [make_enrolment(self.room) for _ in range(STUDENTS)]
        choice = make_choice(
            office=self.room.office,
            status=ChoiceStatus.DISTRIBUTED,
            outcome=Outcome.ON_CONDITION,
            required=self.room.group.course,
            user=self.enrolments[0].student.user,
        )
        self.condition_id = Condition.objects.get(choice=choice).pk
        self.teacher, self.registrar = self.room.teacher, self.room.registrar
        self.shift = self.room.end - LAST_DAY

    def do(self, step: Step, today: date) -> None:
        name, now = str(step[0]), time.at_noon(today + self.shift)
        if name == "set":
            enrolment = Enrolment.objects.select_related("group").get(pk=self.enrolments[int(step[1])].pk)
            services.set_grades(group=enrolment.group, values={enrolment.uuid: str(step[2])}, by=self.teacher, now=now)
        elif name in ("lock", "lock_early", "unlock"):
            self._one(name, int(step[1]), today + self.shift)
        elif name == "create":
            services.create_catalogue(group=self.room.group, by=self.teacher, now=now)
        elif name == "lock_all":
            services.lock_group(group=self.room.group, by=self.teacher, now=now)
        elif name != "day":
            self._catalogue(name, today + self.shift)

    def _one(self, name: str, row: int, today: date) -> None:
        grade = Grade.objects.filter(enrolment=self.enrolments[row]).first()
        if grade is None:
            raise Refused(Reason("grades.not_set"))
        now = time.at_noon(today)
        if name == "unlock":
            services.unlock(grade=grade, reason="Fel", by=self.registrar, now=now)
        else:
            to = today if name == "lock_early" else None
            services.lock(grade=grade, end_moved_to=to, by=self.teacher, now=now)

    def _catalogue(self, name: str, today: date) -> None:
        catalogue = Catalogue.objects.order_by("-number").first()
        if catalogue is None:
            raise Refused(Reason("no catalogue"))
        now = time.at_noon(today)
        if name == "return":
            services.return_catalogue(catalogue=catalogue, reason="Fel", by=self.registrar, now=now)
        else:
            step = {"send": services.mark_sent, "receive": services.receive, "approve": services.approve}[name]
            step(catalogue=catalogue, by=self.registrar, now=now)


def compare(rig: Rig, model: Model) -> None:
    """Assert that the database is where the model is, and that what must always hold does."""
    for enrolment, expected in zip(rig.enrolments, model.grades, strict=True):
        grade = Grade.objects.select_related("enrolment").filter(enrolment=enrolment).first()
        if grade is None:
            assert not expected.value
            continue
        is_locked = grade.status != G.SET
        assert (grade.value, grade.status) == (expected.value, expected.status)
        assert grade.grade_date == (grade.enrolment.ends_on if is_locked else None)
        assert grade.enrolment.ends_on == expected.ends_on + rig.shift
        assert (grade.enrolment.outcome == "completed") == is_locked == grade.enrolment.has_locked_grade
        results = Result.objects.filter(source_id=grade.pk, withdrawn_at=None)
        assert [(r.value, r.passed) for r in results] == ([(grade.value, grade.value == "A")] if is_locked else [])
        assert CatalogueEntry.objects.filter(grade=grade, valid=True).count() == (expected.catalogue is not None)
        path = list(GradeStep.objects.filter(grade=grade).order_by("id").values_list("verb", flat=True))
        assert path.count("locked") - path.count("unlocked") == is_locked
    met = model.grades[0].status is not G.SET and model.grades[0].value == "A"
    assert Condition.objects.get(pk=rig.condition_id).status == ("met" if met else "open")
    rows = list(Catalogue.objects.order_by("number"))
    assert [(k.status, k.replaced_by_id is not None) for k in rows] == [
        (k.status, k.replaced) for k in model.catalogues
    ]
    assert [k.number for k in rows] == list(range(1, len(rows) + 1))
    assert CatalogueStep.objects.filter(verb="created").count() == len(rows)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.sequences
@pytest.mark.django_db
def test_the_database_keeps_to_the_model() -> None:
    rig = Rig()

    @database_sequences
    @given(LIKELY, SEQUENCES)
    def follow(beginning: list[Step], sequence: list[Step]) -> None:
        model = Model()
        with undone():
            memory = Memory(Grade, Enrolment)
            for step in [*beginning, *sequence]:
                expected = {reason.code for reason in model.against(step)}
                codes: set[str] = set()
                try:
                    rig.do(step, model.today)
                except Refused as refusal:
                    codes = {reason.code for reason in refusal.reasons}
                if step[0] == "set" and model.grades[int(step[1])].value == step[2]:
                    continue  # nothing new is nothing done, whatever the state
                assert bool(codes) == bool(expected), (step, codes, expected)
                if not expected:
                    model.do(step)
                memory.keep()
            compare(rig, model)
            memory.check()
            connection.check_constraints()

    follow()
