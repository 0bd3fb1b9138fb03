"""Every step that the code can write, and every row that it can write of, is called something on the log's pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from kursvis.core.wording import labels, sentences
from kursvis.grades.rules import Verb
from kursvis.portal.queries.log.as_it_was import DATED
from kursvis.portal.queries.log.values import field_name
from kursvis.portal.rules import LogSort, process_of, sort_of
from kursvis.work.rules import RunStatus

PACKAGE = Path(__file__).resolve().parents[2]
VERB = re.compile(r"^[a-z_]+\.[a-z_]+$")
_OF_GRADES = {Verb.SET, Verb.CHANGED, Verb.CLEARED, Verb.LOCKED, Verb.IN_CATALOGUE, Verb.CATALOGUE_REPLACED}
_OF_BOTH = {Verb.SENT, Verb.RECEIVED, Verb.APPROVED, Verb.RETURNED}
FAMILIES: dict[str, set[str]] = {
    "grade": {verb.value for verb in _OF_GRADES | _OF_BOTH | {Verb.UNLOCKED}},
    "catalogue": {verb.value for verb in set(Verb) - _OF_GRADES - {Verb.UNLOCKED}},
    "run": {RunStatus.DONE.value, RunStatus.STOPPED.value},
    "enrolment": set(),
    "course_start": set(),
    "offer_import": set(),
    "offer_template": set(),
    "package": set(),
    "package_start": set(),
}
"""What a verb put together as it is written can end in; without any, the words stand in the calls themselves."""
NO_VERBS = re.compile(r"^(work\..*|.*\.(csv|py|json)|[a-z]\..*)$")
"""Names of jobs, of files, and of columns in SQL."""


def _services() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = set(path.relative_to(PACKAGE).parts)
        if "services" in parts or path.name == "services.py":
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _written_out(tree: ast.Module) -> Iterator[str]:
    """Yield the texts that look like verbs, but for names of jobs and codes of reasons."""
    other = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) in ("enqueue", "Reason", "task", "_enqueue")
        for argument in node.args
        for part in ast.walk(argument)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in other:
            continue
        if VERB.match(node.value) and node.value not in sentences() and not NO_VERBS.match(node.value):
            yield node.value


def _put_together(tree: ast.Module) -> Iterator[str]:
    """Yield the verbs whose first part stands in a text with a hole, and the second in the calls or in an enum."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.JoinedStr) or not isinstance(node.values[0], ast.Constant):
            continue
        found = re.match(r"^([a-z_]+)\.$", str(node.values[0].value))
        if found and len(node.values) == 2:
            prefix = found[1]
            yield from (f"{prefix}.{word}" for word in FAMILIES[prefix] | set(_words_of_calls(tree)))


def _words_of_calls(tree: ast.Module) -> Iterator[str]:
    """Yield the words without a dot that the module's own functions are told as `verb`."""
    places = {
        node.name: [argument.arg for argument in node.args.args].index("verb")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "verb" in [argument.arg for argument in node.args.args]
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in places and len(node.args) > places[_called(node)]:
            for part in ast.walk(node.args[places[_called(node)]]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." not in part.value:
                    yield part.value


def _modules() -> Iterator[ast.Module]:
    """Yield every module of services; those of one sub-process together, for they share what writes its steps."""
    packages: dict[Path, ast.Module] = {}
    for path, tree in _services():
        if path.parent.parent.name == "services":
            packages.setdefault(path.parent, ast.Module([], [])).body.extend(tree.body)
        else:
            yield tree
    yield from packages.values()


def _all() -> set[str]:
    trees = list(_modules())
    assert len(trees) > 60
    return {verb for tree in trees for verb in (*_written_out(tree), *_put_together(tree))}


def test_every_step_that_is_written_is_called_something() -> None:
    found = _all()
    assert {"course_start.published", "enrolment.did_not_start", "grade.locked", "user.logged_in"} <= found
    unworded = {verb for verb in found if not labels()["event"].get(verb)}
    assert unworded == set()


def test_nothing_is_called_something_that_is_never_written() -> None:
    """A name that nobody writes would be a filter that finds nothing."""
    assert set(labels()["event"]) - _all() == {"log.erased"}


@pytest.mark.parametrize(
    ("verb", "sort"),
    [
        ("student.opened", LogSort.READ),
        ("catalogue.pdf_opened", LogSort.READ),
        ("student.searched", LogSort.SEARCHED),
        ("user.logged_in", LogSort.LOGGED_IN),
        ("grade.locked", LogSort.CHANGED),
    ],
)
def test_steps_are_sorted_by_what_was_done(verb: str, sort: LogSort) -> None:
    assert sort_of(verb) is sort
    assert process_of(verb).value in labels()["log_process"]


def test_every_table_that_has_columns_of_persons_is_called_something() -> None:
    """Everything in these apps with a key in addresses can be what a step is about; the rest stands inside them."""
    inside = {
        *("accounts.assignment", "accounts.link", "accounts.device", "accounts.savedform", "accounts.bankidorder"),
        *("admissions.application", "admissions.decision", "admissions.condition", "people.protectedreader"),
        *("organisation.agreement", "demo.demomail"),
    }
    tables = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("kursvis.") and hasattr(model, "uuid")
    }
    assert tables - inside - set(labels()["log_subject"]) == set()


def test_every_column_of_a_row_that_is_told_as_it_was_has_a_name() -> None:
    unknown = field_name("no_such_column")
    columns = [(dated, field.attname) for dated in DATED for field in dated.kind.model._meta.concrete_fields]
    unnamed = {name for dated, name in columns if field_name(name, dated.kind.table) == unknown}
    assert unnamed <= {"id", "uuid", "name_key", "return_told"}
