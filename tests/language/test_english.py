"""Every text on the pages that are offered in English has its English; and English pages stay with who chose them."""

import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from kursvis.accounts.models import User
from kursvis.admissions.models import Choice
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries import published
from kursvis.core import time, wording
from kursvis.core.language import COOKIE
from kursvis.demo.rules.cast import CAST
from tests.access.matrix import MATRIX
from tests.language import spy, texts
from tests.language.catalogue import COMPILED, ROOT, compiled, read

OPEN = [
    "/kurser/",
    "/kurser/?q=matematik&form=distance",
    "/kurser/?q=finnsinte",
    "/kurser/korg/",
    "/oppna-data/",
    "/tillganglighet/",
    "/tillganglighet/aterkoppling/",
    "/logga-in/",
    "/glomt-losenord/",
]
OWN = ["/mina-ansokningar/", "/mina-studier/", "/mina-betyg/"]
MODULES = [
    "admissions/student_views.py",
    "catalogue/public_views",
    "grades/student_views.py",
    "public/forms.py",
    "studies/student_views.py",
]
"""Where everything that is said is said to applicants and students."""
REASONS = [
    *("catalogue.not_published", "catalogue.not_open_yet", "catalogue.closed", "catalogue.stopped"),
    *("catalogue.cancelled", "catalogue.full", "organisation.no_agreement", "organisation.agreement_has_ended"),
    *("admissions.already_applied", "admissions.only_drafts_are_edited"),
]
LABELS = """choice choice_step condition decision enrolment facet ground letter level level_meaning outcome
    outcome_short own_choice own_grade_step own_next own_path return_reason study_form time_name weekday"""
"""Why an applicant may not, and the states and names that she is shown: all of them, also those of no demo."""


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.cookies[COOKIE] = "en"
    return client


def _open_pages() -> Iterator[str]:
    yield from OPEN
    today = time.today()
    starts = CourseStart.objects.order_by("status", "study_form", "-starts_on")
    for status in ("published", "cancelled"):
        yield from (reverse("catalogue:show_course", args=[row.uuid]) for row in starts.filter(status=status)[:3])
    for row in published(today=today).order_by("round__apply_by")[:1]:
        yield reverse("catalogue:show_course", args=[row.uuid])


def _own_pages(user: User) -> Iterator[str]:
    yield from OWN
    own = Choice.objects.filter(student__user=user)
    yield from (reverse("admissions:show_own", args=[row.uuid]) for row in own)
    yield from (reverse("admissions:edit_draft", args=[row.uuid]) for row in own.filter(status="draft"))
    for row in published(today=time.today()).filter(round__apply_by__gte=time.today()).order_by("pk")[:1]:
        yield reverse("admissions:apply", args=[row.uuid])


def _read(client: Client, addresses: Iterator[str]) -> set[str]:
    """Read the pages, and return the names of their templates."""
    used = set()
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (200, 302, 410), (address, response.status_code)
        if response.status_code != 302:
            assert '<html lang="en"' in response.content.decode(), address
            used |= {template.name for template in response.templates if template.name}
    return used


def test_every_text_on_the_english_pages_has_its_english(walks: None, reader: Client) -> None:
    with spy.noted() as looked_up:
        used = _read(reader, _open_pages())
        for person in CAST:
            if person.is_student and not (person.role or person.is_protected):
                user = User.objects.get(personnummer=person.personnummer)
                reader.force_login(user, backend="kursvis.accounts.backends.ElectronicIdBackend")
                reader.cookies[COOKIE] = "en"
                used |= _read(reader, _own_pages(user))
    for name in used:
        origin = Path(get_template(name).origin.name)
        if ROOT in origin.parents:
            looked_up |= texts.of_template(origin)
    assert len(used) > 20
    missing = sorted(looked_up - spy.translated())
    assert missing == [], "\n".join(map(repr, missing))


def test_what_is_said_to_applicants_has_its_english() -> None:
    paths = [ROOT / "kursvis" / module for module in MODULES]
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py"))]
    found = {text for file in files for text in texts.of_module(file)}
    found |= {str(wording.sentences()[code]) for code in REASONS}
    found |= {str(label.text) for kind in LABELS.split() for label in wording.labels()[kind].values()}
    assert len(found) > 100 and sorted(found - spy.translated()) == []


def test_the_english_is_compiled() -> None:
    assert compiled() == compiled() == COMPILED.read_bytes(), "python -m tests.language.compile"
    with COMPILED.open("rb") as file:
        english = GNUTranslations(file)
    for entry in read():
        assert english.gettext(entry.msgid) == (entry.msgstr or entry.msgstr_plural[0])
        assert not entry.msgid_plural or english.ngettext(entry.msgid, "", 2) == entry.msgstr_plural[1]


def test_no_english_is_left_of_what_nobody_says_any_more_and_no_placeholder_is_lost() -> None:
    entries = read()
    assert len(entries) > 50 and not entries.obsolete_entries() and not entries.fuzzy_entries()
    assert sorted({entry.msgid for entry in entries} - texts.everything()) == []
    for entry in entries:
        swedish = _names(entry.msgid, entry.msgid_plural)
        assert _names(entry.msgstr, *entry.msgstr_plural.values()) <= swedish, entry.msgid


def _names(*said: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s|\{\w+\}", " ".join(said)))


def test_the_pages_that_are_offered_exist() -> None:
    assert set(MATRIX) >= settings.ENGLISH_PAGES


def test_staff_read_their_own_pages_in_swedish_and_the_open_ones_as_they_choose(walks: None, reader: Client) -> None:
    officer = next(person for person in CAST if person.key == "admissions_officer")
    user = User.objects.get(personnummer=officer.personnummer)
    reader.force_login(user, backend="kursvis.accounts.backends.ElectronicIdBackend")
    reader.cookies[COOKIE] = "en"
    for address, language in (("/mina-ansokningar/", "sv"), ("/ansokningar/", "sv"), ("/kurser/", "en")):
        assert f'<html lang="{language}"' in reader.get(address).content.decode(), address
