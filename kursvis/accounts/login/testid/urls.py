"""Addresses of the test e-ID."""

from django.urls import path

from kursvis.accounts.login.testid import views

urlpatterns = [
    path("logga-in/test/", views.pick, name="pick_test_person"),
    path("logga-in/test/ny/", views.enter_new, name="enter_new_test_person"),
]
