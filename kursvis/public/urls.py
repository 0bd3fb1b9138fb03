"""Addresses of public."""

from django.urls import path

from kursvis.public import views

app_name = "public"
urlpatterns = [path("tillganglighet/", views.show_accessibility, name="show_accessibility")]
