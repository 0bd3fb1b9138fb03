"""Parsing what people type about the offer; the rules decide in the services."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.forms.weekly_pattern import WeeklyPatternTextField
from kursvis.catalogue.models import CourseStart, NationalCourse, Period, Round
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.catalogue.rules.rounds import proposed_end
from kursvis.core.forms import DateInput
from kursvis.organisation.models import RegisterEntry, School

_ROUND_OPEN = _("Start {start} (v. {week}) · sök senast {apply_by}")


class _RoundChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    today: date = date.min

    def label_from_instance(self, obj: Round) -> str:
        is_closed = obj.apply_by < self.today
        text = _("Start {start} (v. {week}) · ansökan är stängd") if is_closed else _ROUND_OPEN
        week = obj.starts_on.isocalendar().week
        return str(text).format(start=obj.starts_on, week=week, apply_by=obj.apply_by)


class CourseStartForm(forms.Form):
    """What the school enters about a course start. The course is chosen on the page before."""

    school = forms.ModelChoiceField(
        label=_("Skola"), queryset=School.objects.none(), to_field_name="uuid", empty_label=None
    )
    round = _RoundChoice(
        label=_("Ansökningsomgång"),
        queryset=Round.objects.none(),
        to_field_name="uuid",
        empty_label=_("Välj omgång …"),
        help_text=_("Kursen startar den dag omgången startar."),
    )
    starts_on = forms.DateField(
        label=_("Eller en egen startdag (löpande antagning)"), widget=DateInput(), required=False
    )
    ends_on = forms.DateField(
        label=_("Slutdatum"),
        widget=DateInput(),
        required=False,
        help_text=_("Lämna tomt för tio veckor: 100 poäng på halvfart."),
    )
    points = forms.IntegerField(label=_("Poäng"), min_value=1, max_value=2000)
    seats = forms.IntegerField(label=_("Antal platser"), min_value=1, max_value=2000)
    study_form = forms.ChoiceField(label=_("Studieform"))
    place = forms.CharField(
        label=_("Lokal eller adress"), max_length=120, required=False, help_text=_("Till exempel Björkgatan 3, sal 12.")
    )
    industry = forms.ModelChoiceField(
        label=_("Bransch"),
        queryset=RegisterEntry.objects.none(),
        to_field_name="uuid",
        required=False,
        empty_label=_("Ingen"),
        help_text=_("Föreslås för grupperna. Behövs om skolans avtal bara gäller vissa branscher."),
    )
    weekly_pattern = WeeklyPatternTextField()
    schedule_note = forms.CharField(
        label=_("Mer om tiderna"),
        max_length=300,
        required=False,
        help_text=_("Det som inte är samma tid varje vecka, till exempel På distans, två träffar i månaden."),
    )
    description = forms.CharField(
        label=_("Beskrivning"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
        required=False,
        help_text=_("Upplägg, schema, material."),
    )

    def __init__(
        self,
        *args: Any,
        course: NationalCourse,
        schools: "QuerySet[School]",
        rounds: "QuerySet[Round]",
        study_forms: list[tuple[str, str]],
        industries: "QuerySet[RegisterEntry]",
        today: date,
        days: "Iterable[Period]" = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer_days(list(days))
        self.course = course
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]
        self.fields["industry"].queryset = industries  # type: ignore[attr-defined]
        self.fields["round"].today = today  # type: ignore[attr-defined]
        for name in ("weekly_pattern", "description"):
            self.fields[name].optional_note = _("(behövs innan den skickas)")  # type: ignore[attr-defined]
        self.fields["study_form"].choices = study_forms  # type: ignore[attr-defined]
        if course.points is not None:
            del self.fields["points"]

    def _offer_days(self, periods: "list[Period]") -> None:
        """Let a day be chosen where the municipality has continuous admission, and only there."""
        if not periods:
            del self.fields["starts_on"]
            return
        text = _("Måndag till fredag, senast {day}. Lämna tomt när du har valt en omgång.")
        self.fields["starts_on"].help_text = str(text).format(day=periods[-1].last_start_on)
        self.fields["round"].required = False
        self.fields["round"].optional_note = _("(eller välj en dag)")  # type: ignore[attr-defined]
        self.fields["starts_on"].optional_note = _("(i stället för en omgång)")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a round or a day, not for both."""
        given = self.cleaned_data
        is_read = "starts_on" in self.fields and not {"round", "starts_on"} & set(self.errors)
        if is_read and bool(given.get("round")) == bool(given.get("starts_on")):
            self.add_error("starts_on", _("Välj antingen en omgång eller en egen startdag."))
        return given

    def offer(self) -> dict[str, Any]:
        """Return what was entered, as the services take it: with a round, or with the day that it starts on."""
        given = dict(self.cleaned_data)
        given.pop("school", None)
        given["study_form"] = StudyForm(given["study_form"])
        own_day = given.pop("starts_on", None)
        given["ends_on"] = given["ends_on"] or proposed_end(own_day or given["round"].starts_on)
        if own_day:
            given["starts_on"] = own_day
            del given["round"]
        return {"course": self.course, "points": self.course.points, **given}


def initial_of(course_start: CourseStart) -> dict[str, Any]:
    """Return what the form shows when a course start is edited."""
    industry = course_start.industry and course_start.industry.uuid
    plain = ("ends_on", "points", "seats", "study_form", "place", "weekly_pattern", "schedule_note", "description")
    return {
        "school": course_start.school.uuid,
        "round": course_start.round.uuid,
        "industry": industry,
        **{name: getattr(course_start, name) for name in plain},
    }


class SendBackForm(forms.Form):
    """Why an offer goes back to the school."""

    reason = forms.CharField(
        label=_("Vad behöver ändras?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        help_text=_("Skolan ser texten på kursstarten."),
    )


class CancelForm(forms.Form):
    """Why a course start is cancelled."""

    reason = forms.CharField(
        label=_("Varför ställs kursstarten in?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
        help_text=_("Texten sparas i historiken."),
    )
