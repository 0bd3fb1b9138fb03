"""Every address, by process. Short Swedish words."""

from django.urls import include, path

urlpatterns = [
    path("", include("kursvis.core.urls")),
    path("", include("kursvis.portal.urls")),
    path("", include("kursvis.public.urls")),
    path("", include("kursvis.reporting.open_data.urls")),
    path("", include("kursvis.organisation.urls")),
    path("", include("kursvis.accounts.urls")),
    path("", include("kursvis.work.urls")),
    path("", include("kursvis.catalogue.urls")),
    path("", include("kursvis.admissions.urls")),
    path("", include("kursvis.studies.urls")),
    path("", include("kursvis.grades.urls")),
    path("demo/", include("kursvis.demo.urls")),
]
