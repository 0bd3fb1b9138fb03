"""Addresses of organisation: *Inställningar*."""

from django.urls import path

from kursvis.organisation.views import agreements, authorities, prices, providers, registers, schools, settings

app_name = "organisation"
_ENTRY, _LIST = "installningar/register/<uuid:uuid>/", "installningar/prislistor/<uuid:uuid>/"
_SCHOOL, _AGREEMENT = "installningar/skolor/<uuid:uuid>/", "installningar/avtal/<uuid:uuid>/"
urlpatterns = [
    path("installningar/huvudman/", authorities.list_authorities, name="list_authorities"),
    path("installningar/huvudman/<uuid:uuid>/", authorities.show_authority, name="show_authority"),
    path("installningar/huvudman/<uuid:uuid>/andra/", authorities.edit_authority, name="edit_authority"),
    path("installningar/anordnare/", providers.list_providers, name="list_providers"),
    path("installningar/anordnare/ny/", providers.add_provider, name="add_provider"),
    path("installningar/anordnare/<uuid:uuid>/", providers.edit_provider, name="edit_provider"),
    path("installningar/skolor/", schools.list_schools, name="list_schools"),
    path("installningar/skolor/ny/", schools.add_school, name="add_school"),
    path(_SCHOOL, schools.show_school, name="show_school"),
    path(f"{_SCHOOL}andra/", schools.edit_school, name="edit_school"),
    path(f"{_SCHOOL}avtal/", agreements.add_agreement, name="add_agreement"),
    path("installningar/avtal/", agreements.list_agreements, name="list_agreements"),
    path(_AGREEMENT, agreements.change_agreement, name="change_agreement"),
    path(f"{_AGREEMENT}ta-bort/", agreements.remove_agreement, name="remove_agreement"),
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
