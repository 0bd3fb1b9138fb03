"""Addresses of the demo."""

from django.urls import path

from kursvis.demo import views

app_name = "demo"
urlpatterns = [
    path("datum/", views.clock, name="clock"),
    path("post/", views.mailbox, name="mailbox"),
]
