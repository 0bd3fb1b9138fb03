"""Files and their rows are erased after a while; what they did to the offer stands in the log."""

from datetime import date, datetime, timedelta

from django.db import transaction

from kursvis.access.actors import SYSTEM
from kursvis.audit import services as audit
from kursvis.catalogue.models import OfferImportRow
from kursvis.catalogue.queries.imports import to_erase
from kursvis.catalogue.rules.imports.verdicts import DAYS_KEPT


@transaction.atomic
def erase_files(*, day: date, now: datetime) -> int:
    """Erase the files, and their rows, that were sent more than ninety days before a day; return how many files."""
    found = list(
        to_erase(before=day - timedelta(days=DAYS_KEPT)).select_related("school").select_for_update(of=("self",))
    )
    OfferImportRow.objects.filter(offer_import__in=found).delete()
    for offer_import in found:
        offer_import.content, offer_import.erased_at = None, now
        offer_import.save(update_fields=["content", "erased_at"])
        audit.record(
            verb="offer_import.erased",
            by=SYSTEM,
            subject=offer_import,
            authority_id=offer_import.school.authority_id,
            now=now,
        )
    return len(found)
