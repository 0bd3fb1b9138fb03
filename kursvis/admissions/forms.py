"""Forms of applications: what is typed, and whether it can be read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.access.actors import Actor
from kursvis.admissions import queries
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import Ground, Outcome
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.queries.courses import course_by_code
from kursvis.core import personnummer
from kursvis.core.forms import labelled
from kursvis.core.time import today
from kursvis.core.wording import sentence
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.queries import registers
from kursvis.organisation.rules.registers import Register

BASIC = "grundläggande"


class ApplicationForm(forms.Form):
    """The applicant's contact, goal and free text."""

    email = forms.EmailField(
        label=_("E-post"),
        help_text=_("Hit skickar vi kvittens, beslut och kallelse. Har du skyddade personuppgifter får du brev."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telefon"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    goal = forms.CharField(
        label=_("Vad är målet med studierna?"),
        max_length=200,
        help_text=_("Till exempel: bli undersköterska, eller få behörighet till högskolan."),
    )
    message = forms.CharField(
        label=_("Något mer som vi behöver veta?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Till exempel tidigare studier eller behov av stöd. Skriv inget om din hälsa som vi inte behöver."),
    )


class BasketForm(ApplicationForm):
    """The same, once for all the course starts of a basket that she ticks.

    Those that are open are shown to be ticked. One that closes meanwhile is still read: the step says why it is not
    sent, and sends the others.
    """

    courses = forms.MultipleChoiceField(
        label=_("Kurser som du söker"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("En av kurserna finns inte längre i korgen. Kryssa för dem du vill söka.")},
        help_text=_("Ansökningarna får nummer i den här ordningen. Du ändrar ordningen i korgen."),
    )
    field_order = ("courses", "email", "phone", "goal", "message")

    def __init__(
        self, *arguments: Any, course_starts: list[CourseStart], are_open: list[CourseStart], **keywords: Any
    ) -> None:
        super().__init__(*arguments, **keywords)
        self.course_starts = {str(start.uuid): start for start in course_starts}
        courses = self.fields["courses"]
        assert isinstance(courses, forms.MultipleChoiceField)
        courses.choices = [(key, self._named(start)) for key, start in self.course_starts.items()]
        shown = [str(start.uuid) for start in are_open]
        courses.widget.choices = [choice for choice in courses.choices if choice[0] in shown]
        self.initial.setdefault("courses", shown)

    @staticmethod
    def _named(start: CourseStart) -> str:
        day = start.starts_on.isoformat()
        return _("{course}, {school}, start {day}").format(course=start.course.name, school=start.school.name, day=day)

    def application(self) -> dict[str, Any]:
        """Return the keywords of `services.apply_to_all`."""
        typed = dict(self.cleaned_data)
        ticked = typed.pop("courses")
        return typed | {"course_starts": [start for key, start in self.course_starts.items() if key in ticked]}


class FilterForm(forms.Form):
    """The filters of the list, as they stand in the address. What cannot be read filters nothing."""

    lage = forms.ChoiceField(choices=[(name, name) for name in queries.STATE_NAMES], required=False)
    utfall = forms.ChoiceField(choices=[(outcome.value, outcome.value) for outcome in Outcome], required=False)
    skal = forms.CharField(required=False, max_length=120)
    skola = forms.UUIDField(required=False)
    start = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    q = forms.CharField(required=False, max_length=100)

    def filters(self, *, default_state: str) -> dict[str, Any]:
        """Return the keywords of `queries.filtered`."""
        self.is_valid()
        read = self.cleaned_data
        return {
            "state": read.get("lage") or default_state,
            "outcome": read.get("utfall", ""),
            "returned_as": read.get("skal", ""),
            "school": read.get("skola"),
            "start": read.get("start"),
            "text": read.get("q", ""),
        }


class NeededSometimes:
    """A field that the outcome decides whether it is needed: neither optional nor always asked for."""

    def validate(self, value: Any) -> None:
        """Leave an empty value to the rules."""
        if value:
            super().validate(value)  # type: ignore[misc]


class Text(NeededSometimes, forms.CharField):
    """A text that some outcomes need."""


class Picked(NeededSometimes, forms.ChoiceField):
    """A choice that some outcomes need."""


class Ticks(NeededSometimes, forms.MultipleChoiceField):
    """Ticks that some outcomes need."""


class DecisionForm(forms.Form):
    """A decision of reception. What it lacks, the rules tell."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Beslut (krävs)"), widget=forms.RadioSelect)
    grounds = Ticks(
        label=_("Grund för mottagandet (krävs vid mottagen och villkor)"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Minst en (20 kap. 22 § skollagen). Behövs inte vid avslag."),
    )
    condition = Picked(
        label=_("Villkor (krävs vid villkor)"),
        help_text=_("Den sökande läser det i beslutet och i kallelsen."),
    )
    required_code = Text(
        label=_("Kurs som ska vara godkänd (krävs vid villkor)"),
        max_length=20,
        help_text=_("Kurskod. Används bara när beslutet är på villkor."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    refusal = Picked(
        label=_("Skäl ur kommunens register"),
        help_text=_("Vid avslag. Dess text står först i skälen. Under formuläret står vad varje skäl säger."),
    )
    reason = Text(
        label=_("Skäl (krävs vid avslag)"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den sökande får läsa det, i beslutet. Behövs inte när ett skäl ur registret räcker."),
    )

    def __init__(self, *arguments: Any, choice: Choice, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.choice = choice
        outcomes, grounds = self.fields["outcome"], self.fields["grounds"]
        assert isinstance(outcomes, forms.ChoiceField)
        assert isinstance(grounds, forms.ChoiceField)
        outcomes.choices = labelled("outcome", Outcome)
        grounds.choices = labelled("ground", self._grounds())
        self.refusals, self.conditions = (
            {entry.code: entry for entry in registers.in_force(choice.authority_id, register, on=today())}
            for register in (Register.REFUSAL_REASON, Register.CONDITION)
        )
        self._offer("refusal", self.refusals, [("", _("Inget ur registret"))])
        self._offer("condition", self.conditions, [] if self.conditions else [("", _("Registret är tomt"))])
        self.initial.setdefault("seen", choice.status_at.isoformat())

    def _offer(self, name: str, entries: dict[str, RegisterEntry], before: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*before, *((code, entry.name) for code, entry in entries.items())]

    def _grounds(self) -> list[Ground]:
        is_basic = self.choice.course_start.course.level == BASIC
        return [ground for ground in Ground if (ground is Ground.BASIC_LEVEL) == is_basic]

    def clean_seen(self) -> str:
        """Refuse when the case moved while the page was open."""
        seen = str(self.cleaned_data["seen"])
        if seen != self.choice.status_at.isoformat():
            raise forms.ValidationError(
                _("Ärendet ändrades medan du hade sidan öppen. Läs om sidan och se vad som gäller nu.")
            )
        return seen

    def clean_required_code(self) -> NationalCourse | None:
        """Return the course with the code."""
        code = self.cleaned_data["required_code"]
        course = course_by_code(code, authority_id=self.choice.authority_id) if code else None
        if code and course is None:
            raise forms.ValidationError(_("Det finns ingen kurs med den koden i registret."))
        return course

    def decision(self) -> dict[str, Any]:
        """Return the keywords of `services.decide`."""
        outcome = Outcome(self.cleaned_data["outcome"])
        refused, on_condition = outcome is Outcome.REFUSED, outcome is Outcome.ON_CONDITION
        return {
            "outcome": outcome,
            "refusal": self.refusals.get(self.cleaned_data["refusal"]) if refused else None,
            "condition": self.conditions.get(self.cleaned_data["condition"]) if on_condition else None,
            "grounds": tuple(Ground(value) for value in self.cleaned_data["grounds"]),
            "reason": self.cleaned_data["reason"],
            "required_course": self.cleaned_data["required_code"] if on_condition else None,
        }


class EvidenceForm(forms.Form):
    """What somebody has seen that meets the condition."""

    evidence = forms.CharField(
        label=_("Vad har du sett?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Vilket betyg, från vilken skola, daterat när. Ditt namn sparas."),
    )


class OpeningForm(forms.Form):
    """Why a protected person's details are opened."""

    reason = forms.CharField(label=_("Varför behöver du öppna uppgifterna?"), max_length=300)


class PastedForm(forms.Form):
    """A column of personal numbers, pasted from elsewhere: one a line. Who has protected data is not found by hers."""

    TOLD = 30
    numbers = forms.CharField(
        label=_("Personnummer, ett på varje rad"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Klistra in en kolumn. Den som har skyddade uppgifter väljs i listan, inte med personnummer."),
    )
    skip = forms.BooleanField(
        label=_("Hoppa över rader som inte stämmer, och ta med de andra"),
        required=False,
    )

    def __init__(self, *arguments: Any, actor: Actor, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.actor = actor
        self.choices: list[Choice] = []
        self.asked: dict[str, str] = {}

    @property
    def students(self) -> list[Any]:
        """Return whose choices were found, for the log."""
        return [choice.student for choice in self.choices]

    def clean(self) -> None:
        """Find each line's choices; tell of each line that has none, unless those are to be passed over."""
        lines = [
            (place, line.strip()) for place, line in enumerate(self.cleaned_data.get("numbers", "").splitlines(), 1)
        ]
        typed = {place: (line, personnummer.normalised(line, today=today())) for place, line in lines if line}
        right = {number for _line, number in typed.values() if not personnummer.against(number)}
        found = queries.of_numbers(self.actor, right)
        self.asked = {"q": next(iter(right), "")}
        self.choices = [
            choice for number in dict.fromkeys(n for _l, n in typed.values()) for choice in found.get(number, [])
        ]
        troubles = [
            _("Rad {place}, {line}: {why}").format(place=place, line=line[:40], why=self._trouble(number))
            for place, (line, number) in typed.items()
            if number not in found
        ]
        if troubles and not self.cleaned_data.get("skip"):
            self._tell(troubles)

    def _trouble(self, number: str) -> str:
        wrong = personnummer.against(number)
        return sentence(wrong[0]) if wrong else str(_("Ingen ansökan hos kommunen hör till numret."))

    def _tell(self, troubles: list[str]) -> None:
        more = len(troubles) - self.TOLD
        for text in troubles[: self.TOLD]:
            self.add_error("numbers", text)
        if more > 0:
            self.add_error("numbers", _("Och {more} rader till.").format(more=more))
