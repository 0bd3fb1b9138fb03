"""Addresses of confirmations."""

from django.urls import path

from kursvis.accounts.confirm import views

urlpatterns = [
    path("bekrafta/<slug:action>/", views.show, name="confirm"),
    path("bekrafta/<slug:action>/bankid/", views.begin_bankid, name="confirm_bankid"),
    path("bekrafta/<slug:action>/bankid/klart/", views.finish_bankid, name="confirm_bankid_done"),
    path("bekrafta/<slug:action>/test/", views.use_test_id, name="confirm_test_id"),
]
