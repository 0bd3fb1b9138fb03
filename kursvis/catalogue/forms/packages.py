"""What is typed about packages, and which course starts a school puts in one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.models import CourseStart, Package, PackageStart
from kursvis.catalogue.queries.packages import Place, starts_in
from kursvis.catalogue.rules.packages import Change
from kursvis.core.forms import DateInput
from kursvis.core.wording import label
from kursvis.organisation.models import School

FIELDS = {
    "catalogue.course_code_shape": "code",
    "catalogue.package_code_taken": "code",
    "catalogue.own_course_needs_name": "name",
    "catalogue.course_unknown": "code",
    "catalogue.package_has_course": "code",
    "catalogue.course_is_never_offered": "code",
}
"""Which field a refusal is about."""


class PackageForm(forms.Form):
    """A new package of the municipality's own."""

    code = forms.CharField(label=_("Kod"), max_length=20, help_text=_("Bokstäver och siffror. Ändras inte sedan."))
    name = forms.CharField(label=_("Namn"), max_length=160)
    description = forms.CharField(
        label=_("Beskrivning"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False
    )


class CopyPackageForm(forms.Form):
    """What the municipality's own copy of a package is called."""

    code = forms.CharField(label=_("Kod"), max_length=20, help_text=_("Bokstäver och siffror. Ändras inte sedan."))
    name = forms.CharField(label=_("Namn"), max_length=160)

    def __init__(self, *, package: Package, **kwargs: Any) -> None:
        code = "".join(filter(str.isalnum, package.code))[:18]
        super().__init__(initial={"code": f"{code}25", "name": package.name}, **kwargs)


class EditPackageForm(forms.Form):
    """What may be changed about a package."""

    name = forms.CharField(label=_("Namn"), max_length=160)
    description = forms.CharField(
        label=_("Beskrivning"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False
    )
    ended_on = forms.DateField(
        label=_("Erbjuds inte från"),
        widget=DateInput(),
        required=False,
        help_text=_("Lämna tomt så gäller det vidare."),
    )

    def __init__(self, *, package: Package, **kwargs: Any) -> None:
        initial = {name: getattr(package, name) for name in ("name", "description", "ended_on")}
        super().__init__(initial=initial, **kwargs)


class AddCourseForm(forms.Form):
    """A course to put last in a package."""

    code = forms.CharField(label=_("Kurskod"), max_length=20)


class ChangeForm(forms.Form):
    """What is done with one course of a package."""

    course = forms.CharField(max_length=20)
    do = forms.ChoiceField(choices=[(change.value, change.value) for change in Change])

    def change(self) -> dict[str, Any]:
        """Return the keywords of the service."""
        return {"code": self.cleaned_data["course"], "change": Change(self.cleaned_data["do"])}


class SchoolForm(forms.Form):
    """Which school offers a package, asked where somebody works for several."""

    skola = forms.UUIDField(required=False)

    def school(self, schools: "QuerySet[School]") -> School | None:
        """Return the school that is asked for among those that may, or the first."""
        self.is_valid()
        wanted = self.cleaned_data.get("skola")
        return next((school for school in schools if wanted in (None, school.uuid)), None)


class PackageStartForm(forms.Form):
    """For each place of a package, which of the school's course starts fills it."""

    use_required_attribute = False

    def __init__(
        self,
        *,
        places: Sequence[Place],
        starts: Mapping[str, Sequence[CourseStart]],
        package_start: PackageStart | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        chosen = {start.course.code: str(start.uuid) for start in starts_in(package_start)} if package_start else {}
        self._starts = {str(start.uuid): start for of_course in starts.values() for start in of_course}
        self._places = [f"place_{place.number}" for place in places]
        for name, place in zip(self._places, places, strict=True):
            offered = [start for course in place.courses for start in starts[course.code]]
            self.fields[name] = forms.ChoiceField(
                label=f"{place.number}. " + str(_(" eller ")).join(course.name for course in place.courses),
                choices=[("", _("Välj kursstart") if offered else _("Ingen kursstart är upplagd"))]
                + [(str(start.uuid), _named(start)) for start in offered],
                initial=next((chosen[course.code] for course in place.courses if course.code in chosen), ""),
                error_messages={"required": _("Välj en kursstart för den här delen.")},
                help_text="" if offered else _("Lägg först upp en kursstart för kursen."),
            )
        self.fields["description"] = forms.CharField(
            label=_("Om paketet hos er"),
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=4000,
            required=False,
            initial=package_start.description if package_start else "",
        )

    def chosen(self) -> dict[str, Any]:
        """Return the keywords of the service: the chosen course starts in the package's order."""
        wanted = [self.cleaned_data[name] for name in self._places]
        return {
            "starts": [self._starts[uuid] for uuid in wanted if uuid],
            "description": self.cleaned_data["description"],
        }


def _named(start: CourseStart) -> str:
    state = label("course_start", start.status).text
    return f"{start.course.name}, {start.starts_on} – {start.ends_on}, {start.points} p ({state})"
