"""Addresses of user name and password."""

from django.urls import path

from kursvis.accounts.login.password import views

urlpatterns = [
    path("logga-in/", views.log_in, name="log_in"),
    path("logga-ut/", views.log_out, name="log_out"),
]
