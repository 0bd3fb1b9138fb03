"""Everything that can be attacked stands in the registry; and what the finders look for, they find."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import path

from tests.access.matrix import MATRIX
from tests.attack import discovery, registry

FINDERS: dict[str, tuple[Callable[..., set[str]], set[str], tuple[str, str], str]] = {
    "downloads": (
        discovery.downloads,
        set(registry.DOWNLOADS),
        ("app/views.py", "def leak(request):\n    return HttpResponse(b'', content_type='text/plain')"),
        "app/views.py:leak",
    ),
    "uploads": (
        lambda *root: discovery.matching(discovery.UPLOADS, *root),
        set(registry.UPLOADS),
        ("app/models.py", "photo = models.ImageField()"),
        "app/models.py",
    ),
    "exports": (
        lambda *root: discovery.matching(discovery.EXPORTS, *root),
        set(registry.EXPORTS),
        ("app/export.py", "def write():\n    import csv\n"),
        "app/export.py",
    ),
    "documents": (discovery.documents, registry.DOCUMENTS, ("app/typst/new.typ", "= Title"), "app/typst/new.typ"),
    "mails": (
        discovery.mail_makers,
        set(registry.MAILS),
        ("app/messages.py", "def tell():\n    send_mail('a', 'b', None, [])"),
        "app/messages.py:tell",
    ),
    "doors": (
        discovery.doors,
        set(registry.DOORS),
        ("app/views.py", "def back_door(request):\n    auth.login(request, user)"),
        "app/views.py:back_door",
    ),
    "SQL": (
        discovery.sql,
        set(registry.SQL),
        ("app/queries.py", "def find(cursor, order):\n    cursor.execute(f'SELECT 1 ORDER BY {order}')"),
        "app/queries.py:find",
    ),
    "texts that are trusted": (
        discovery.runners,
        set(registry.RUNNERS),
        ("app/templates/page.html", "{{ text|safe }}"),
        "app/templates/page.html:|safe",
    ),
}


@pytest.mark.parametrize("what", FINDERS)
def test_all_that_is_in_the_code_has_an_entry_and_nothing_else(what: str) -> None:
    find, entries, _planted, _found = FINDERS[what]
    found = find()
    assert found - entries == set(), "without an entry in tests/attack/registry.py"
    assert entries - found == set(), "gone from the code"


@pytest.mark.parametrize("what", FINDERS)
def test_what_is_planted_is_found(what: str, tmp_path: Path) -> None:
    find, entries, (file, text), found = FINDERS[what]
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert find(tmp_path) == {found}
    assert found not in entries


def test_every_address_that_takes_a_form_has_an_entry() -> None:
    found = set(discovery.takers())
    assert found - registry.POSTS == set(), "without an entry in tests/attack/registry.py"
    assert registry.POSTS - found == set(), "gone from the code"
    assert set(registry.ALSO) <= registry.POSTS <= set(MATRIX)
    assert {name for name, row in MATRIX.items() if row.post} <= registry.POSTS


def test_a_planted_address_that_takes_a_form_is_found() -> None:
    assert set(discovery.takers([path("x/", _planted, name="planted")])) == {":planted"}
    assert set(discovery.takers([path("x/", _harmless, name="harmless")])) == set()


def _planted(request: object) -> object:
    return _that_reads(request)


def _that_reads(request: object) -> object:
    return request.POST  # type: ignore[attr-defined]


def _harmless(request: object) -> object:
    return request


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("app/views.py", "def a(x):\n    return mark_safe(x)"),
        ("app/views.py", "def a(x):\n    return eval(x)"),
        ("app/views.py", "import pickle"),
        ("app/views.py", "from urllib.request import urlopen\ndef a(x):\n    return urlopen(x)"),
        ("app/views.py", "def a(x):\n    return format_html(x)"),
        ("app/views.py", "def a(x):\n    return run(x, shell=True)"),
        ("app/views.py", "def a(x):\n    return Template(x)"),
        ("app/a.html", "{% autoescape off %}"),
    ],
)
def test_a_text_that_is_trusted_is_found(file: str, text: str, tmp_path: Path) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert discovery.runners(tmp_path)


@pytest.mark.parametrize("text", ["M.objects.raw(x)", "rows.extra(where=[x])", "RawSQL(x, [])", "c.executemany(x)"])
def test_sql_of_ones_own_is_found(text: str, tmp_path: Path) -> None:
    (tmp_path / "queries.py").write_text(f"def find(x):\n    {text}", encoding="utf-8")
    assert discovery.sql(tmp_path) == {"queries.py:find"}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<p style="color:red">',
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        '<script src="https://elsewhere.example/a.js"></script>',
    ],
)
def test_what_would_run_in_a_template_is_found(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    assert discovery.what_runs_in_templates(tmp_path)


def test_nothing_runs_in_any_template() -> None:
    assert discovery.what_runs_in_templates() == set()
