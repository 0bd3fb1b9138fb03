"""Address of one-time links."""

from django.urls import path

from kursvis.accounts.login.link import views

urlpatterns = [path("lank/<str:secret>/", views.use_link, name="use_link")]
