"""One's own account."""

from django.http import HttpResponse
from django.shortcuts import render

from kursvis.access.decorators import ActorRequest
from kursvis.accounts import queries
from kursvis.core import time


def my_account(request: ActorRequest) -> HttpResponse:
    """Show what I may do, where, until when – and who may what I may not (R10)."""
    assignments = queries.assignments_of(request.user.pk or 0, today=time.today())
    shown = {"assignments": assignments, "powers": queries.powers(assignments), "lacks": queries.lacks(assignments)}
    return render(request, "accounts/my_account.html", shown)
