"""Pages without domain words: readiness for machines, and the gallery of the design system."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from kursvis.core import gallery as samples


@login_not_required
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Say to machines whether this installation is ready: the database answers and is migrated."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("database does not answer\n", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("migrations are waiting\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show one of every component. Only where the demo switch is on; elsewhere the page does not exist."""
    if not settings.DEMO:
        raise Http404
    return render(request, "core/gallery.html", samples.content())
