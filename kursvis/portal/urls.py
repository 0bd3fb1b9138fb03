"""Addresses of portal."""

from django.urls import path

from kursvis.portal.views import outbox, people, search, setup, staff, start

app_name = "portal"
urlpatterns = [
    path("", start.start, name="start"),
    path("sok/", search.search, name="search"),
    path("studerande/", people.list_students, name="students"),
    path("studerande/<uuid:uuid>/", people.show_person, name="person"),
    path("personal/<uuid:uuid>/handelser/", staff.show_history, name="staff_events"),
    path("installningar/", setup.show_setup, name="setup"),
    path("utskick/", outbox.list_messages, name="outbox"),
    path("utskick/<uuid:uuid>/", outbox.show_message, name="message"),
    path("utskick/<uuid:uuid>/utskriven/", outbox.mark_printed, name="mark_printed"),
    path("utskick/<uuid:uuid>/igen/", outbox.resend, name="resend"),
    path("utskick/<uuid:uuid>/bilaga/", outbox.fetch_attachment, name="attachment"),
]
