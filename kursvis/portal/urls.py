"""Addresses of portal."""

from django.urls import path

from kursvis.portal.queries.log.as_it_was import DATED
from kursvis.portal.queries.log.records import OWN_PAGES
from kursvis.portal.views import (
    about_me,
    as_it_was,
    calendar,
    log,
    outbox,
    people,
    protected,
    protected_post,
    search,
    setup,
    staff,
    start,
)

app_name = "portal"
urlpatterns = [
    path("", start.start, name="start"),
    path("kalender/", calendar.show, name="calendar"),
    path("kalender/ny/", calendar.make, name="make_calendar"),
    path("kalender/stang-av/", calendar.end, name="end_calendar"),
    path("kalender/paminnelser/", calendar.choose_reminders, name="choose_reminders"),
    path("kalender/<str:secret>.ics", calendar.fetch, name="feed"),
    path("sok/", search.search, name="search"),
    path("studerande/", people.list_students, name="students"),
    path("studerande/<uuid:uuid>/", people.show_person, name="person"),
    path("skydd/", protected.list_protected, name="protected"),
    path("studerande/<uuid:uuid>/skydd/", protected.show_protection, name="protection"),
    path("studerande/<uuid:uuid>/skydd/andra/", protected.change_protection, name="change_protection"),
    path("studerande/<uuid:uuid>/skydd/lasare/", protected.name_reader, name="name_reader"),
    path("studerande/<uuid:uuid>/skydd/granskat/", protected.review_readings, name="review_readings"),
    path("skydd/lasare/<uuid:uuid>/avsluta/", protected.end_reader, name="end_reader"),
    path("skyddad-post/", protected_post.list_letters, name="protected_post"),
    path("skyddad-post/<uuid:uuid>/", protected_post.open_letter, name="protected_letter"),
    path("skyddad-post/<uuid:uuid>/postat/", protected_post.post_letter, name="post_protected_letter"),
    path("studerande/<uuid:uuid>/logg/", log.show_student, name="log_of_student"),
    path("logg/", log.search_log, name="log"),
    *(
        path(f"logg/{kind.slug}/<uuid:uuid>/", log.show_record, {"kind": kind}, name=kind.log_page.partition(":")[2])
        for kind in OWN_PAGES
    ),
    *(
        path(f"som-det-var/{dated.slug}/<uuid:uuid>/", as_it_was.show, {"kind": dated}, name=dated.page)
        for dated in DATED
    ),
    path("mitt-konto/allt-om-mig/", about_me.show, name="about_me"),
    path("mitt-konto/allt-om-mig/json/", about_me.fetch_json, name="about_me_json"),
    path("mitt-konto/allt-om-mig/pdf/", about_me.fetch_pdf, name="about_me_pdf"),
    path("mitt-konto/allt-om-mig/schema/", about_me.fetch_schema, name="about_me_schema"),
    path("personal/<uuid:uuid>/handelser/", staff.show_history, name="staff_events"),
    path("installningar/", setup.show_setup, name="setup"),
    path("utskick/", outbox.list_messages, name="outbox"),
    path("utskick/<uuid:uuid>/", outbox.show_message, name="message"),
    path("utskick/<uuid:uuid>/utskriven/", outbox.mark_printed, name="mark_printed"),
    path("utskick/<uuid:uuid>/igen/", outbox.resend, name="resend"),
    path("utskick/<uuid:uuid>/bilaga/", outbox.fetch_attachment, name="attachment"),
]
