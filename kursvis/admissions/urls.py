"""Addresses of admissions: the applicant's, and the case officer's."""

from django.urls import path

from kursvis.admissions import student_views, views

app_name = "admissions"
urlpatterns = [
    path("ansok/korg/", student_views.apply_from_basket, name="apply_from_basket"),
    path("ansok/<uuid:uuid>/", student_views.apply, name="apply"),
    path("mina-ansokningar/", student_views.list_own, name="list_own"),
    path("mina-ansokningar/<uuid:uuid>/", student_views.show_own, name="show_own"),
    path("mina-ansokningar/<uuid:uuid>/andra/", student_views.edit_draft, name="edit_draft"),
    path("mina-ansokningar/<uuid:uuid>/skicka/", student_views.submit, name="submit"),
    path("mina-ansokningar/<uuid:uuid>/ta-tillbaka/", student_views.withdraw, name="withdraw"),
    path("ansokningar/", views.list_choices, name="list"),
    path("ansokningar/fordela/", views.distribute_many, name="distribute_many"),
    path("ansokningar/fordela/nummer/", views.distribute_pasted, name="distribute_pasted"),
    path("ansokningar/<uuid:uuid>/", views.show, name="show"),
    path("ansokningar/<uuid:uuid>/beslut/", views.decide, name="decide"),
    path("ansokningar/<uuid:uuid>/fordela/", views.distribute, name="distribute"),
    path("ansokningar/<uuid:uuid>/underlag/", views.record_evidence, name="record_evidence"),
    path("ansokningar/<uuid:uuid>/oppna/", views.open_applicant, name="open_applicant"),
]
