"""One's own account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kursvis.accounts import queries
from kursvis.core import time


def my_account(request: HttpRequest) -> HttpResponse:
    """Show what I may do, where, until when – and who may what I may not (R10)."""
    assignments = queries.assignments_of(request.user.pk, today=time.today())
    shown = {"assignments": assignments, "powers": queries.powers(assignments), "lacks": queries.lacks(assignments)}
    return render(request, "accounts/my_account.html", shown)
