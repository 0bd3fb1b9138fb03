"""Addresses of core: for machines, and the gallery."""

from django.urls import path

from kursvis.core import views

app_name = "core"
urlpatterns = [
    path("halsa/", views.health, name="health"),
    path("komponenter/", views.gallery, name="gallery"),
]
