"""Addresses of grades."""

from django.urls import URLPattern

app_name = "grades"
urlpatterns: list[URLPattern] = []
