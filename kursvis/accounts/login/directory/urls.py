"""Addresses of a municipality's directory."""

from django.urls import path

from kursvis.accounts.login.directory.views import confirm, entry, names, set_up

urlpatterns = [
    path("logga-in/katalog/<uuid:uuid>/", entry.begin, name="directory"),
    path("logga-in/katalog/<uuid:uuid>/svar/", entry.come_back, name="directory_answer"),
    path("bekrafta/<slug:action>/katalog/", confirm.begin, name="confirm_directory"),
    path("personal/<uuid:uuid>/katalog/", names.write_name, name="directory_name"),
    path("installningar/inloggning/katalog/", set_up.set_up, name="set_up_directory"),
]
