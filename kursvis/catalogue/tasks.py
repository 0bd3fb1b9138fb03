"""The worker's part of the offer."""

from datetime import date

from kursvis.catalogue.services import imports
from kursvis.core import time
from kursvis.core.jobs import each_day


@each_day("catalogue.erase_imports")
def erase_imports(day: date) -> None:
    """Erase the files of imports after ninety days."""
    imports.erase_files(day=day, now=time.now())
