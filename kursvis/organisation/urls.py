"""Addresses of organisation: *Inställningar*."""

from django.urls import path

from kursvis.organisation.views import prices, registers, settings

app_name = "organisation"
_ENTRY, _LIST = "installningar/register/<uuid:uuid>/", "installningar/prislistor/<uuid:uuid>/"
urlpatterns = [
    path("installningar/register/", registers.list_entries, name="list_entries"),
    path("installningar/register/ny/", registers.add_entry, name="add_entry"),
    path(_ENTRY, registers.edit_entry, name="edit_entry"),
    path(f"{_ENTRY}avsluta/", registers.end_entry, name="end_entry"),
    path(f"{_ENTRY}ta-tillbaka/", registers.reopen_entry, name="reopen_entry"),
    path("installningar/prislistor/", prices.list_price_lists, name="list_price_lists"),
    path("installningar/prislistor/ny/", prices.add_price_list, name="add_price_list"),
    path(_LIST, prices.show_price_list, name="show_price_list"),
    path(f"{_LIST}andra/", prices.edit_price_list, name="edit_price_list"),
    path(f"{_LIST}avsluta/", prices.end_price_list, name="end_price_list"),
    path(f"{_LIST}kopiera/", prices.copy_price_list, name="copy_price_list"),
    path("installningar/tider/", settings.list_settings, name="list_settings"),
    path("installningar/tider/nytt/", settings.set_value, name="set_value"),
    path("installningar/tider/<uuid:uuid>/ta-tillbaka/", settings.take_back_value, name="take_back_value"),
]
