"""Addresses of portal."""

from django.urls import path

from kursvis.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.start, name="start"),
    path("studerande/", views.list_students, name="students"),
    path("studerande/<uuid:uuid>/", views.show_person, name="person"),
    path("utskick/", views.list_messages, name="outbox"),
    path("utskick/<uuid:uuid>/", views.show_message, name="message"),
    path("utskick/<uuid:uuid>/utskriven/", views.mark_printed, name="mark_printed"),
    path("utskick/<uuid:uuid>/igen/", views.resend, name="resend"),
    path("utskick/<uuid:uuid>/bilaga/", views.fetch_attachment, name="attachment"),
]
