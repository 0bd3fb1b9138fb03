"""A school's templates of course starts: saved from one, used for new ones (issue R11)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.forms.templates import TemplateForm, TemplateNameForm
from kursvis.catalogue.queries import templates as queries
from kursvis.catalogue.services import templates
from kursvis.catalogue.views.offer import reached
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of

P = Permission


@require_GET
@requires(P.EDIT_OFFER)
def list_templates(request: ActorRequest) -> HttpResponse:
    """List the templates of the actor's schools."""
    page = page_of(request, queries.templates_of(request.actor))
    return render(request, "catalogue/templates.html", {"page": page})


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_OFFER)
def save_template(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Keep a course start as a template, under a name."""
    course_start = reached(request, uuid, P.EDIT_OFFER)
    form = TemplateNameForm(request.POST or None, initial={"name": course_start.course.name[:80]})
    who: dict[str, Any] = {"course_start": course_start, "by": request.actor, "now": time.now()}
    if form.is_valid() and attempt(form, lambda: _save(form, who)):
        messages.success(request, _("Mallen är sparad. Använd den när du lägger upp en ny kursstart."))
        return redirect("catalogue:list_templates")
    return render(request, "catalogue/template_form.html", {"form": form, "course_start": course_start})


def _save(form: TemplateNameForm, who: dict[str, Any]) -> bool:
    templates.save_template(**form.cleaned_data, **who)
    return True


@require_http_methods(["GET", "POST"])
@requires(P.EDIT_OFFER)
def edit_template(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Rename a template, and change what it fills a form with."""
    template = queries.template_for(request.actor, uuid)
    form = TemplateForm(request.POST or None, template=template)
    if form.is_valid() and attempt(form, lambda: _edit(request, template, form)):
        messages.success(request, _("Mallen är ändrad."))
        return redirect("catalogue:list_templates")
    return render(request, "catalogue/template_form.html", {"form": form, "template": template})


def _edit(request: ActorRequest, template: Any, form: TemplateForm) -> bool:
    templates.edit_template(template=template, **form.cleaned_data, by=request.actor, now=time.now())
    return True


@require_POST
@requires(P.EDIT_OFFER)
def remove_template(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take a template away."""
    template = queries.template_for(request.actor, uuid)
    templates.remove_template(template=template, by=request.actor, now=time.now())
    messages.success(request, _("Mallen är borttagen. Det som lagts upp från den är kvar."))
    return redirect("catalogue:list_templates")
