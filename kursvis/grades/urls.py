"""Addresses of grades."""

from django.urls import path

from kursvis.grades import student_views
from kursvis.grades.views import catalogues, grading, records, signing

app_name = "grades"
urlpatterns = [
    path("grupper/<uuid:uuid>/betyg/", grading.group, name="group"),
    path("grupper/<uuid:uuid>/betyg/katalog/", grading.create_catalogue, name="create_catalogue"),
    path("betyg/", records.list_grades, name="list_grades"),
    path("betyg/<uuid:uuid>/", records.show_grade, name="show_grade"),
    path("betyg/<uuid:uuid>/las/", grading.lock_grade, name="lock_grade"),
    path("betyg/<uuid:uuid>/flytta-slutdatum/", grading.move_end_and_lock, name="move_end_and_lock"),
    path("betyg/<uuid:uuid>/las-upp/", records.unlock_grade, name="unlock_grade"),
    path("kataloger/", catalogues.list_catalogues, name="list_catalogues"),
    path("kataloger/<uuid:uuid>/", catalogues.show_catalogue, name="show_catalogue"),
    path("kataloger/<uuid:uuid>/pdf/", catalogues.catalogue_pdf, name="catalogue_pdf"),
    path("kataloger/<uuid:uuid>/skickad/", catalogues.send_catalogue, name="send_catalogue"),
    path("kataloger/<uuid:uuid>/skriv-under/", signing.begin, name="sign_catalogue"),
    path("kataloger/<uuid:uuid>/underskriven/", signing.finish, name="finish_signing"),
    path("kataloger/<uuid:uuid>/mottagen/", catalogues.receive_catalogue, name="receive_catalogue"),
    path("kataloger/<uuid:uuid>/godkann/", catalogues.approve_catalogue, name="approve_catalogue"),
    path("kataloger/<uuid:uuid>/returnera/", catalogues.return_catalogue, name="return_catalogue"),
    path("mina-betyg/", student_views.my_grades, name="my_grades"),
]
