"""Made-up content for the gallery page: one of everything in the design system."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from kursvis.core.forms import DateInput

_SWEDEN = ZoneInfo("Europe/Stockholm")


class SampleForm(forms.Form):
    """Every kind of field, with a help text, optional ones and errors."""

    name = forms.CharField(label=_("Gruppens namn"), max_length=40)
    email = forms.EmailField(label=_("E-post"), help_text=_("Hit skickas kvittot."))
    start = forms.DateField(label=_("Startdatum"), widget=DateInput())
    seats = forms.IntegerField(label=_("Platser"), min_value=1, max_value=60)
    study_form = forms.ChoiceField(
        label=_("Studieform"),
        widget=forms.RadioSelect,
        choices=[
            ("classroom", _("Klassrum")),
            ("distance", _("Distans")),
            ("combined", _("Kombinerad")),
        ],
    )
    school = forms.ChoiceField(
        label=_("Skola"),
        choices=[("", _("Välj …")), ("1", "Björkskolan"), ("2", "Almskolan")],
    )
    times = forms.MultipleChoiceField(
        label=_("När kan du läsa?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("day", _("Dagtid")), ("evening", _("Kvällstid"))],
    )
    goal = forms.CharField(
        label=_("Mål med studierna"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    sure = forms.BooleanField(label=_("Jag intygar att uppgifterna är riktiga"))


def content() -> dict[str, Any]:
    """Return what the gallery template shows."""
    wrong = SampleForm(
        {
            "name": "MAT1a-26H-kväll",
            "email": "nora@",
            "seats": "0",
            "start": "2026-12-07",
        }
    )
    return {
        "tones": ["ok", "warn", "bad", "info", "neutral"],
        "shapes": ["triangle", "half", "lock", "none"],
        "confirm": _("Studietakten går från 100 % till 50 % från v. 47. CSN får ändringen i dag kl. 15.00."),
        "pace": _("Studietakten går från 100 % till 50 % från v. 47"),
        "one_reason": [_("2 betyg är inte låsta")],
        "two_reasons": [
            _("Kursen har inte slutat: slutdatum är 2026-12-18."),
            _("3 studerande saknar betyg."),
        ],
        "rows": _rows(),
        "page": Paginator(range(143), 50).page(2),
        "steps": _steps(),
        "events": _events(),
        "todo": _todo(),
        "form": SampleForm(initial={"seats": 30, "study_form": "distance"}, auto_id="new_%s"),
        "wrong_form": wrong,
        "frame": _frame(),
    }


def _frame() -> dict[str, Any]:
    def item(label: Any, count: int = 0, current: bool = False) -> dict[str, Any]:
        return {"label": label, "url": "#innehall", "count": count, "current": current}

    return {
        "sections": [
            ("", [item(_("Komponenter"), current=True)]),
            (_("Utbud"), [item(_("Kurskatalog")), item(_("Ansökningsomgångar"))]),
            (
                _("Studerande"),
                [
                    item(_("Ansökningar"), 14),
                    item(_("Kursplacering"), 9),
                    item(_("Grupper")),
                ],
            ),
            (_("Resultat"), [item(_("Betyg"), 3), item(_("Dokument"))]),
        ],
        "user_name": "Amina Lindqvist",
        "unit_and_role": _("Björkskolan · skoladministratör"),
        "home_url": "/",
        "search_url": "/komponenter/",
        "search_text": "Sök person, grupp eller kurs",
        "demo_date": date(2026, 11, 23),
        "demo_date_url": "#innehall",
    }


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "name": "Abdi, Hodan",
            "number": "19980101-2387",
            "tone": "ok",
            "state": _("Pågår"),
            "points": 100,
        },
        {
            "name": "Ekström, Åke",
            "number": "19850113-9995",
            "tone": "ok",
            "state": _("Pågår"),
            "points": 100,
        },
        {
            "name": "Nguyen, Linh",
            "number": "20010101-2383",
            "tone": "neutral",
            "state": _("Ej påbörjat"),
            "points": 50,
        },
        {
            "name": "Skyddad person 7",
            "number": "",
            "tone": "info",
            "state": _("Planerad"),
            "points": 100,
        },
        {
            "name": "Öberg, Märta",
            "number": "19790104-9283",
            "tone": "warn",
            "state": _("Avbrott 2026-11-20"),
            "points": 150,
        },
    ]


def _steps() -> list[dict[str, Any]]:
    return [
        {"label": _("Satt"), "date": date(2026, 11, 12), "state": "done"},
        {"label": _("Låst"), "date": date(2026, 11, 13), "state": "done"},
        {"label": _("I katalog"), "date": date(2026, 11, 13), "state": "done"},
        {"label": _("Undertecknad och skickad"), "date": None, "state": "now"},
        {"label": _("Mottagen och godkänd"), "date": None, "state": "todo"},
        {"label": _("Exporterad"), "date": None, "state": "later"},
        {"label": _("Hämtad"), "date": None, "state": "later"},
    ]


def _events() -> list[dict[str, Any]]:
    return [
        {
            "at": datetime(2026, 11, 20, 14, 2, tzinfo=_SWEDEN),
            "text": _("Placerad i MAT1a-26H-kväll"),
            "who": "Amina Lindqvist",
        },
        {
            "at": datetime(2026, 11, 18, 9, 30, tzinfo=_SWEDEN),
            "text": _("Kallad till kursstart"),
            "detail": _("Brev och e-post"),
            "who": "Amina Lindqvist",
        },
        {
            "at": date(2026, 11, 3),
            "text": _("Beviljad på villkor"),
            "who": "Per Holm, Mälarviks kommun",
        },
    ]


def _todo() -> list[dict[str, Any]]:
    rows = [
        (12, _("Studieförsäkran saknas"), _("pengar stoppas för 4 av dem på fredag"), "bad", _("2 dagar")),
        (9, _("Inte kallade"), _("kursstart 2026-12-07"), "warn", _("i dag")),
        (3, _("Kataloger att skicka"), _("Matematik nivå 1a, 31 betyg"), "neutral", _("5 dagar")),
    ]
    return [dict(zip(("count", "title", "detail", "tone", "due"), row, strict=True)) for row in rows]
