"""What somebody sent when her session had timed out, or before she confirmed it: kept, given back once, thrown away."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from kursvis.access.rules import Action
from kursvis.accounts.models import SavedForm, User
from kursvis.accounts.rules.saved_forms import KEPT, Field, is_kept_whole, kept_fields, kept_forms

LONGEST_PATH = 500


@transaction.atomic
def keep_posted(*, user: User, path: str, typed: Iterable[Field], now: datetime) -> SavedForm | None:
    """Keep what the user sent to an address after her session had timed out; None when nothing can be kept."""
    fields = kept_fields(typed)
    return _keep(user, path, {"posted": fields}, now) if fields else None


@transaction.atomic
def keep_to_confirm(
    *, user: User, path: str, typed: Sequence[Field], action: Action, told: Sequence[Field] = (), now: datetime
) -> SavedForm | None:
    """Keep what the user sent to a step that she confirms first, also a lone button; None when it cannot be kept.

    `told` is what the step would do, in words, each with its heading.
    """
    fields = kept_fields(typed)
    if not is_kept_whole(typed, fields):
        return None
    return _keep(user, path, {"posted": fields, "confirms": action.value, "told": list(told)}, now)


@transaction.atomic
def keep_page(*, user: User, path: str, typed: object, now: datetime) -> SavedForm | None:
    """Keep the forms of a page that the user was writing in; None when nothing can be kept."""
    forms = kept_forms(typed)
    return _keep(user, path, {"forms": forms}, now) if forms else None


@transaction.atomic
def give_back(*, user: User, path: str, now: datetime) -> list[list[Field]]:
    """Return the forms that were kept of a page, and delete them."""
    kept = SavedForm.objects.select_for_update().filter(user=user, path=path, kept_at__gt=now - KEPT).first()
    if kept is None or "forms" not in kept.fields:
        return []
    kept.delete()
    forms: list[list[Field]] = kept.fields["forms"]
    return forms


@transaction.atomic
def throw_away(*, saved: SavedForm) -> None:
    """Delete what was kept: it has been sent again, or is not wanted."""
    SavedForm.objects.filter(pk=saved.pk).delete()


@transaction.atomic
def delete_old(*, now: datetime) -> int:
    """Delete what nobody has asked for within a day; return how many."""
    return SavedForm.objects.filter(kept_at__lte=now - KEPT).delete()[0]


def _keep(user: User, path: str, fields: dict[str, object], now: datetime) -> SavedForm | None:
    if len(path) > LONGEST_PATH:
        return None
    saved, _made = SavedForm.objects.update_or_create(user=user, path=path, defaults={"fields": fields, "kept_at": now})
    return saved
