"""Write docs/generated/."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kursvis.portal.management.documents import DOCUMENTS


class Command(BaseCommand):
    """Write the documents that are made from the code."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write every document."""
        folder = settings.BASE_DIR / "docs" / "generated"
        folder.mkdir(parents=True, exist_ok=True)
        for name, make in DOCUMENTS.items():
            (folder / name).write_text(make(), encoding="utf-8")
