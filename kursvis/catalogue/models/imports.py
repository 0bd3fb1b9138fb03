"""Files that an offer is imported from, and their rows (issue R11). The file itself is erased after a while."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kursvis.accounts.models import User
from kursvis.catalogue.models.offer import CourseStart
from kursvis.catalogue.rules.imports.verdicts import Verdict
from kursvis.core.models import Row, choices, one_of
from kursvis.organisation.models import School
from kursvis.work.models import Run


class OfferImport(Row):
    """A file that somebody sent to a school's offer, how it is read, and the run that looks through and imports it."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    file_name = models.CharField(max_length=120, help_text="As its sender calls it: shown, never a path.")
    content = models.BinaryField(null=True, help_text="The file; null when it has been erased.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    form = models.CharField(max_length=10, help_text="Excel or CSV, by what it holds.")
    heading_row = models.PositiveIntegerField(help_text="Which of its filled rows has the headings; the first is 0.")
    headings = models.JSONField()
    heading_key = models.CharField(max_length=64, help_text="SHA-256 of the headings: files that look the same.")
    reading = models.JSONField(help_text="What each column means, what is said for all rows, and how days move.")
    run = models.OneToOneField(Run, on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["OfferImport"]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["school", "-id"], name="offer_import_newest")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="offer_import_digest_is_sha256"),
            models.CheckConstraint(
                condition=Q(content__isnull=True, erased_at__isnull=False)
                | Q(content__isnull=False, erased_at__isnull=True),
                name="offer_import_file_until_erased",
            ),
        ]


class OfferImportRow(models.Model):
    """One row of the file, what it would do when it was looked through, and the course start that it was or became."""

    offer_import = models.ForeignKey(OfferImport, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(help_text="Its number in the file, as the file's program shows it.")
    cells = models.JSONField()
    key = models.CharField(max_length=400, blank=True, help_text="By what two rows are the same course start.")
    verdict = models.CharField(max_length=12, choices=choices(Verdict), default=Verdict.WAITING.value)
    changes = models.JSONField(default=dict, help_text="Field: [what it is, what it becomes], as text.")
    course_start = models.ForeignKey(CourseStart, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager["OfferImportRow"]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["offer_import", "verdict", "position"], name="offer_import_row_by_verdict")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("verdict", Verdict, "offer_import_row_verdict"),
            models.UniqueConstraint(fields=["offer_import", "position"], name="offer_import_row_place"),
        ]
