"""The register, periods and rounds, what the schools offer, and packages: one module a sub-process."""

from kursvis.catalogue.models.courses import Correspondence, NationalCourse, Prerequisite, RegisterEdition
from kursvis.catalogue.models.imports import OfferImport, OfferImportRow
from kursvis.catalogue.models.offer import CourseStart, CourseStartChange, OfferTemplate
from kursvis.catalogue.models.packages import Package, PackageCourse, PackageStart, PackageStartCourse
from kursvis.catalogue.models.rounds import Period, Round

__all__ = [
    "Correspondence",
    "CourseStart",
    "CourseStartChange",
    "NationalCourse",
    "OfferImport",
    "OfferImportRow",
    "OfferTemplate",
    "Package",
    "PackageCourse",
    "PackageStart",
    "PackageStartCourse",
    "Period",
    "Prerequisite",
    "RegisterEdition",
    "Round",
]
