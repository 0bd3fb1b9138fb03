"""Addresses of studies."""

from django.urls import path

from kursvis.studies import student_views
from kursvis.studies.views import groups, letters, placing

app_name = "studies"
urlpatterns = [
    path("kursplacering/", placing.list_placements, name="list_placements"),
    path("kursplacering/valda/", placing.do_with_chosen, name="do_with_chosen"),
    path("kursplacering/<uuid:uuid>/", placing.show_placement, name="show_placement"),
    path("kursplacering/<uuid:uuid>/kalla/", placing.call_applicant, name="call_applicant"),
    path("kursplacering/<uuid:uuid>/placera/", placing.place_applicant, name="place_applicant"),
    path("kursplacering/<uuid:uuid>/returnera/", placing.return_applicant, name="return_applicant"),
    path("grupper/", groups.list_groups, name="list_groups"),
    path("grupper/ny/", groups.create_group, name="create_group"),
    path("grupper/<uuid:uuid>/", groups.show_group, name="show_group"),
    path("studier/<uuid:uuid>/borjade-inte/", groups.mark_not_started, name="mark_not_started"),
    path("studier/<uuid:uuid>/borjade-inte/angra/", groups.undo_not_started, name="undo_not_started"),
    path("brev/<uuid:uuid>/", letters.open_letter, name="open_letter"),
    path("mina-studier/", student_views.show_my_studies, name="show_my_studies"),
]
