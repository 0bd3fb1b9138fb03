"""Every place where a person's data may come out stands in the registry, and in the document that is made of it."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from tests.access.test_access import _names
from tests.attack import discovery
from tests.exits import registry
from tests.exits.document import document

ROOT = discovery.ROOT


def test_every_address_is_classified() -> None:
    assert set(_names(get_resolver().url_patterns)) == set(registry.ADDRESSES)


def _jobs() -> set[str]:
    found = set()
    for _place, name, call in discovery.calls(discovery.PACKAGE):
        if name == "jobs.enqueue" and isinstance(call.args[0], ast.Constant):
            found.add(str(call.args[0].value))
    return found


def _commands() -> set[str]:
    return {
        f"{path.parents[2].name}/{path.stem}"
        for path in discovery.PACKAGE.glob("*/management/commands/*.py")
        if path.stem != "__init__"
    }


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("DOWNLOADS", discovery.downloads),
        ("DOCUMENTS", discovery.documents),
        ("MAILS", discovery.mail_makers),
        ("JOBS", _jobs),
        ("COMMANDS", _commands),
        ("LOG_HANDLERS", lambda: set(settings.LOGGING["handlers"])),
    ],
)
def test_everything_else_that_lets_data_out_is_classified(kind: str, found: Callable[[], set[str]]) -> None:
    assert found() == set(getattr(registry, kind))


def test_a_job_names_nobody_but_as_the_registry_says() -> None:
    wrong = []
    for place, name, call in discovery.calls(discovery.PACKAGE):
        if name == "jobs.enqueue" and isinstance(call.args[0], ast.Constant):
            known = registry.JOBS.get(str(call.args[0].value), "").replace(":", " ").split()
            wrong += [(place, k.arg) for k in call.keywords if k.arg and k.arg not in known]
    assert wrong == []


def test_the_document_is_made_of_the_registry() -> None:
    """`python -m tests.exits.document` writes it anew."""
    assert Path(ROOT / "docs" / "data-exits.md").read_text(encoding="utf-8") == document()
