"""How forms look: Django's own widgets in Kursvis' field and form templates."""

from django.forms.renderers import TemplatesSetting


class KursvisRenderer(TemplatesSetting):
    """Render label, help, error and widget in one order everywhere.

    Uses the project's template engine, so `django.forms` must stand in INSTALLED_APPS.
    """

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
