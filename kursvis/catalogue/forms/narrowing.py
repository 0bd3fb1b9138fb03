"""The filters in the address of a list."""

from django import forms

from kursvis.catalogue.queries.narrowing import Narrowing
from kursvis.catalogue.rules.search import read


class NarrowingForm(forms.Form):
    """The filters in the address of a list. What cannot be read narrows nothing."""

    q = forms.CharField(required=False, max_length=100)
    lage = forms.CharField(required=False)
    niva = forms.CharField(required=False)
    form = forms.CharField(required=False)
    kommun = forms.UUIDField(required=False)
    skola = forms.UUIDField(required=False)
    omgang = forms.UUIDField(required=False)
    start = forms.DateField(required=False)
    avslutade = forms.BooleanField(required=False)
    startar = forms.DateField(required=False)
    returnerad = forms.ChoiceField(required=False, choices=[("ja", "ja"), ("nej", "nej")])
    kurs = forms.CharField(required=False, max_length=20)
    uppgifter = forms.ChoiceField(required=False, choices=[("saknas", "saknas")])
    sen = forms.BooleanField(required=False)
    avtal = forms.ChoiceField(required=False, choices=[("saknas", "saknas")])

    def narrowing(self) -> Narrowing:
        """Return what the list is narrowed to; everyday words are read as the register's."""
        self.is_valid()
        given = self.cleaned_data
        return Narrowing(
            text=read(given.get("q") or ""),
            status=given.get("lage") or "",
            level=given.get("niva") or "",
            study_form=given.get("form") or "",
            authority=given.get("kommun"),
            school=given.get("skola"),
            round=given.get("omgang"),
            starts_on=given.get("start"),
            ended_too=bool(given.get("avslutade")),
            starts_from=given.get("startar"),
            sent_back=given.get("returnerad") or "",
            course=given.get("kurs") or "",
            lacks_agreement=bool(given.get("avtal")),
            late=bool(given.get("sen")),
            incomplete=bool(given.get("uppgifter")),
        )
