"""Addresses of catalogue."""

from django.urls import path

from kursvis.catalogue import public_views, views

app_name = "catalogue"
_ONE = "kursstarter/<uuid:uuid>/"
urlpatterns = [
    path("kurser/", public_views.search_courses, name="search_courses"),
    path("kurser/<uuid:uuid>/", public_views.show_course, name="show_course"),
    path("omgangar/", views.list_rounds, name="list_rounds"),
    path("omgangar/ny/", views.add_period, name="add_period"),
    path("omgangar/<uuid:period_uuid>/ny/", views.add_round, name="add_round"),
    path("kursstarter/", views.list_course_starts, name="list_course_starts"),
    path("kursstarter/ny/", views.choose_course, name="choose_course"),
    path("kursstarter/ny/<uuid:course_uuid>/", views.add_course_start, name="add_course_start"),
    path(_ONE, views.show_course_start, name="show_course_start"),
    path(f"{_ONE}andra/", views.edit_course_start, name="edit_course_start"),
    path(f"{_ONE}skicka/", views.submit_course_start, name="submit_course_start"),
    path(f"{_ONE}skicka-tillbaka/", views.send_back_course_start, name="send_back_course_start"),
    path(f"{_ONE}publicera/", views.publish_course_start, name="publish_course_start"),
    path(f"{_ONE}dolj/", views.hide_course_start, name="hide_course_start"),
    path(f"{_ONE}ta-tillbaka/", views.withdraw_course_start, name="withdraw_course_start"),
    path(f"{_ONE}stall-in/", views.cancel_course_start, name="cancel_course_start"),
    path(f"{_ONE}stoppa-ansokan/", views.stop_applications, name="stop_applications"),
    path(f"{_ONE}oppna-ansokan/", views.resume_applications, name="resume_applications"),
]
