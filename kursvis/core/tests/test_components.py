"""The design system: contrast of its colours, and what its tags promise to people and to screen readers."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from kursvis.core import gallery, wording
from kursvis.core.glyphs import TONE_SHAPES
from kursvis.core.reasons import Reason

CORE = Path(__file__).resolve().parents[1]
HOUSE = CORE.parent
TEXT_PAIRS = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-muted", "accent")
        for ground in ("ground", "ground-side", "surface", "surface-tint", "surface-hover")
    ),
    *((tone, f"{tone}-soft") for tone in ("ok", "warn", "bad", "info", "neutral")),
    *((tone, ground) for tone in ("warn", "bad") for ground in ("ground", "surface")),
    ("accent", "accent-soft"),
    ("ink", "accent-soft"),
    ("ink", "neutral-soft"),
    ("ink-off", "ground"),
    ("ink-off", "surface"),
    ("accent-ink", "accent-strong"),
    ("accent-ink", "accent-strong-hover"),
    ("accent-ink", "bad-strong"),
    ("accent-ink", "bad-strong-hover"),
]
SHAPE_PAIRS = [
    (line, ground) for line in ("line-control", "focus", "accent") for ground in ("ground", "surface", "surface-tint")
]


def _tokens(theme: int) -> dict[str, str]:
    text = (CORE / "static/kursvis/css/tokens.css").read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", text)
    return {name: colours[theme] for name, *colours in found}


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_have_the_contrast_that_wcag_asks_for(theme: int) -> None:
    tokens = _tokens(theme)
    low = [
        (ink, ground, round(_contrast(tokens[ink], tokens[ground]), 2))
        for pairs, least in ((TEXT_PAIRS, 4.5), (SHAPE_PAIRS, 3.0))
        for ink, ground in pairs
        if _contrast(tokens[ink], tokens[ground]) < least
    ]
    assert low == []


def _render(source: str, **values: Any) -> str:
    return Template(source).render(Context(values))


def test_a_step_is_one_post_form() -> None:
    html = _render('{% step "/lock/" "Lås" reasons kind="primary" grade="g1" %}', reasons=[], csrf_token="abc")
    assert '<form method="post" action="/lock/">' in html
    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert '<input type="hidden" name="grade" value="g1">' in html
    assert "disabled" not in html


def test_a_refused_step_says_why_under_a_greyed_button() -> None:
    html = _render('{% step "/lock/" "Lås" reasons %}', reasons=[Reason("core.own_case"), "Vänta."])
    described = re.search(r'disabled aria-describedby="([\w-]+)"', html)
    assert described
    assert f'<ul class="why" id="{described[1]}">' in html
    assert wording.sentence(Reason("core.own_case")) in html
    assert "<form" not in html


def test_a_step_with_an_effect_asks_first_without_javascript() -> None:
    html = _render('{% step "/end/" "Avbrott …" confirm="CSN får veta det i dag." %}')
    assert html.index("<summary") < html.index("CSN får veta det i dag.") < html.index("<form")
    assert "Ja, avbrott</button>" in html


def test_a_submit_button_may_carry_a_name() -> None:
    html = _render('{% submit "Lås" name="do" value="lock" %}')
    assert 'type="submit" class="button button--primary" name="do" value="lock">Lås' in html


def test_a_badge_has_shape_text_and_colour() -> None:
    html = _render('{% badge "bad" text %}', text="5 <fel>")
    assert 'class="badge badge--bad"' in html
    assert 'aria-hidden="true"' in html
    assert "5 &lt;fel&gt;" in html
    assert "<svg" not in _render('{% badge "ok" "8 platser" shape="none" %}')


def test_every_worded_state_has_a_tone_of_the_design_system() -> None:
    tones = {label.tone for values in wording.labels().values() for label in values.values()}
    assert tones <= set(TONE_SHAPES)


def test_the_title_is_the_heading_too() -> None:
    html = _render('{% extends "base.html" %}{% block title %}Grupp A & B{% endblock %}')
    assert "<title>Grupp A & B – Kursvis</title>" in html
    assert re.search(r"<h1>\s*Grupp A & B\s*</h1>", html)


def test_a_form_links_errors_and_marks_what_is_optional() -> None:
    html = str(gallery.content()["wrong_form"])
    assert html.count("(frivilligt)") == 2
    assert '<a href="#id_email">E-post:' in html
    assert '<a href="#id_study_form_0">Studieform:' in html
    for name in ("email_helptext", "email_error", "study_form_error"):
        assert f'id="id_{name}"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert re.search(r'<fieldset aria-describedby="id_study_form_error">\s*<legend>', html)


def test_a_sort_header_turns_and_keeps_the_filters(rf: RequestFactory) -> None:
    first = _render('{% sort_header "Namn" "namn" %}', request=rf.get("/", {"q": "abdi", "sida": "3"}))
    assert 'href="?q=abdi&amp;ordning=namn"' in first
    assert "aria-sort" not in first
    second = _render('{% sort_header "Namn" "namn" %}', request=rf.get("/", {"ordning": "namn"}))
    assert 'aria-sort="ascending"' in second
    assert 'href="?ordning=-namn"' in second


def test_the_pager_counts_and_keeps_the_filters(rf: RequestFactory) -> None:
    html = _render(
        '{% include "components/pager.html" %}', page=gallery.content()["page"], request=rf.get("/", {"q": "a"})
    )
    assert "Visar 51–100 av 143" in html
    assert 'rel="next" href="?q=a&amp;sida=3"' in html


def test_the_tracker_says_each_state_in_words() -> None:
    steps = [
        {"label": "Satt", "date": date(2026, 11, 12), "state": "done"},
        {"label": "Låst", "date": None, "state": "now"},
        {"label": "Hämtad", "date": None, "state": "later"},
    ]
    html = _render("{% tracker steps %}", steps=steps)
    assert ">: klart</span>" in html
    assert html.count('aria-current="step"') == 1
    assert "kommer senare" in html


def test_an_odd_theme_cookie_is_left_out(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.COOKIES["theme"] = "dark"
    assert _render("{% theme_attribute %}", request=request) == ' data-theme="dark"'
    request.COOKIES["theme"] = '"><script>'
    assert _render("{% theme_attribute %}", request=request) == ""


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "409", "500"])
def test_error_pages_need_neither_request_nor_frame(name: str) -> None:
    html = render_to_string(f"{name}.html", {"reasons": [Reason("core.own_case")]})
    assert re.search(r"<h1>\s*\w+", html)
    assert 'href="/"' in html


def test_no_template_of_the_house_has_inline_style_or_script() -> None:
    forbidden = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:")
    found = [
        str(path.relative_to(HOUSE))
        for path in HOUSE.glob("**/templates/**/*.html")
        if forbidden.search(path.read_text())
    ]
    assert found == []


@pytest.mark.django_db
def test_the_gallery_exists_only_in_a_demo(client: Client, settings: Any) -> None:
    assert client.get("/komponenter/").status_code == 200
    settings.DEMO = False
    assert client.get("/komponenter/").status_code == 404
