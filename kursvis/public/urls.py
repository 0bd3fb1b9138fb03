"""Addresses of public."""

from django.urls import path

from kursvis.public import views

app_name = "public"
urlpatterns = [
    path("tillganglighet/", views.show_accessibility, name="show_accessibility"),
    path("tillganglighet/aterkoppling/", views.give_feedback, name="give_feedback"),
    path("aterkoppling/", views.list_feedback, name="list_feedback"),
    path("aterkoppling/<uuid:uuid>/hanterad/", views.mark_handled, name="mark_handled"),
]
