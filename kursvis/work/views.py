"""Bulk runs: the list, the run with its dry run, progress and result, and its steps."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.core import listing
from kursvis.core.time import now, real_now
from kursvis.work import queries, rules, services
from kursvis.work.kinds import kind_of

REACHED_WITH = (Permission.DISTRIBUTE, Permission.EDIT_OFFER, Permission.PUBLISH_OFFER)
"""The permissions of all kinds of runs; which runs are reached is the queryset's matter."""


@require_safe
@requires(*REACHED_WITH)
def list_runs(request: ActorRequest) -> HttpResponse:
    """Show the runs of the actor's authorities, newest first."""
    rows = queries.readable_by(request.actor).select_related("by", "authority").order_by("-pk")
    page = listing.page_of(request, rows)
    counted = queries.counts_by_run(page)
    return render(request, "work/list.html", {"page": page, "runs": [(run, counted[run.pk]) for run in page]})


@require_safe
@never_cache
@requires(*REACHED_WITH)
def show(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a run: what it will do, does or has done, and each row with why it does not go."""
    run = queries.get_for(request.actor, uuid)
    counts, kind = queries.counts_of(run), kind_of(run.kind)
    if kind.page:
        return redirect(kind.page(run.pk))
    facts = queries.facts_of(run, counts)
    tabs = queries.row_tabs(counts, request.GET.get("rader"))
    page = listing.page_of(request, queries.rows_of(run, next(tab.name for tab in tabs if tab.is_on)))
    content = {
        "run": run,
        "kind": kind,
        "counts": counts,
        "progress": queries.progress_of(run, counts),
        "moves": facts.status in rules.MOVES_BY_ITSELF,
        "against_starting": rules.against_starting(facts, actor_user_id=request.actor.user_id),
        "may_stop": not rules.against_stopping(facts),
        "against_undoing": rules.against_undoing(facts, real_now=real_now()),
        "why_stopped": rules.restored(run.reasons),
        "tabs": tabs,
        "page": page,
        "lines": queries.lines_of(run, page),
    }
    return render(request, "work/run.html", content)


@require_safe
@never_cache
@requires(*REACHED_WITH)
def tell(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Tell the page's script how far the run has come. Asked by the page itself: no sign of somebody at work."""
    run = queries.get_for(request.actor, uuid)
    progress = queries.progress_of(run, queries.counts_of(run))
    text = _("{done} av {total}").format(done=progress.done, total=progress.total)
    return JsonResponse({"status": run.status, "done": progress.done, "total": progress.total, "text": text})


tell.in_background = True  # type: ignore[attr-defined]


@require_POST
@requires(*REACHED_WITH)
def start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Start a run that has been looked through."""
    services.start(run=queries.get_for(request.actor, uuid), by=request.actor, now=now())
    return redirect("work:show", uuid=uuid)


@require_POST
@requires(*REACHED_WITH)
def stop(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Stop a run after the chunk that is being written."""
    services.stop(run=queries.get_for(request.actor, uuid), by=request.actor, now=now())
    return redirect("work:show", uuid=uuid)


@require_POST
@requires(*REACHED_WITH)
def undo(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take back what a run has done."""
    services.undo(run=queries.get_for(request.actor, uuid), by=request.actor, now=now())
    return redirect("work:show", uuid=uuid)
