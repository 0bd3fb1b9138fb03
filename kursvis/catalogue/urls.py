"""Addresses of catalogue."""

from django.urls import path

from kursvis.catalogue.public_views import basket, course, search, sitemap
from kursvis.catalogue.views import copying, late, offer, own_courses, register, rounds, steps, table

app_name = "catalogue"
_ONE = "kursstarter/<uuid:uuid>/"
_OWN = "installningar/egna-kurser/"
urlpatterns = [
    path("kurser/", search.search_courses, name="search_courses"),
    path("sitemap.xml", sitemap.show_sitemap, name="sitemap"),
    path("robots.txt", sitemap.show_robots, name="robots"),
    path("kurser/korg/", basket.show_basket, name="show_basket"),
    path("kurser/korg/lagg-till/", basket.add_to_basket, name="add_to_basket"),
    path("kurser/korg/andra/", basket.change_basket, name="change_basket"),
    path("kurser/<uuid:uuid>/", course.show_course, name="show_course"),
    path("omgangar/", rounds.list_rounds, name="list_rounds"),
    path("omgangar/ny/", rounds.add_period, name="add_period"),
    path("omgangar/ny-lopande/", rounds.add_continuous_period, name="add_continuous_period"),
    path("omgangar/<uuid:period_uuid>/ny/", rounds.add_round, name="add_round"),
    path("omgangar/<uuid:uuid>/andra/", rounds.edit_period, name="edit_period"),
    path("omgangar/<uuid:uuid>/ta-bort/", rounds.delete_period, name="delete_period"),
    path("omgangar/omgang/<uuid:uuid>/andra/", rounds.edit_round, name="edit_round"),
    path("omgangar/omgang/<uuid:uuid>/ta-bort/", rounds.delete_round, name="delete_round"),
    path("installningar/kursregister/", register.show_register, name="register"),
    path("installningar/kursregister/tillampa/", register.apply_register, name="apply_register"),
    path(_OWN, own_courses.list_own_courses, name="list_own_courses"),
    path(f"{_OWN}delkurs/", own_courses.choose_whole, name="choose_whole"),
    path(f"{_OWN}delkurs/<uuid:whole_uuid>/", own_courses.add_part, name="add_part"),
    path(f"{_OWN}individuell/", own_courses.add_individual, name="add_individual"),
    path(f"{_OWN}<uuid:uuid>/", own_courses.edit_own_course, name="edit_own_course"),
    path("kursstarter/", offer.list_course_starts, name="list_course_starts"),
    path("kursstarter/tabell/", table.edit_table, name="edit_table"),
    path("kursstarter/kopiera/", copying.copy_offer, name="copy_offer"),
    path("kursstarter/ny/", offer.choose_course, name="choose_course"),
    path("kursstarter/ny/<uuid:course_uuid>/", offer.add_course_start, name="add_course_start"),
    path(_ONE, offer.show_course_start, name="show_course_start"),
    path(f"{_ONE}andra/", offer.edit_course_start, name="edit_course_start"),
    path(f"{_ONE}skicka-sent/", late.submit_late, name="submit_late"),
    path(f"{_ONE}skicka/", steps.submit_course_start, name="submit_course_start"),
    path(f"{_ONE}skicka-tillbaka/", steps.send_back_course_start, name="send_back_course_start"),
    path(f"{_ONE}publicera/", steps.publish_course_start, name="publish_course_start"),
    path(f"{_ONE}dolj/", steps.hide_course_start, name="hide_course_start"),
    path(f"{_ONE}ta-tillbaka/", steps.withdraw_course_start, name="withdraw_course_start"),
    path(f"{_ONE}stall-in/", steps.cancel_course_start, name="cancel_course_start"),
    path(f"{_ONE}stoppa-ansokan/", steps.stop_applications, name="stop_applications"),
    path(f"{_ONE}oppna-ansokan/", steps.resume_applications, name="resume_applications"),
]
