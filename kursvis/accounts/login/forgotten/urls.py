"""Address of a forgotten password."""

from django.urls import path

from kursvis.accounts.login.forgotten import views

urlpatterns = [path("glomt-losenord/", views.forgotten, name="forgotten")]
