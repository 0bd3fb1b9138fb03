"""Addresses of the open data. Those below emil3/ have the names that EMIL 3 gives them."""

from django.urls import path

from kursvis.reporting.open_data.views import catalogue, emil3

app_name = "open_data"
urlpatterns = [
    path("oppna-data/", catalogue.show_open_data, name="show_open_data"),
    path("oppna-data/kurskatalog.json", catalogue.fetch_catalogue, name="fetch_catalogue"),
    path("oppna-data/kurskatalog.schema.json", catalogue.fetch_schema, name="fetch_schema"),
    path("oppna-data/emil3/", emil3.fetch_emil3_index, name="fetch_emil3_index"),
    *(path(f"oppna-data/emil3/{kind}", emil3.list_emil3, {"kind": kind}, name=kind) for kind in emil3.KINDS),
    *(
        path(f"oppna-data/emil3/{kind}/<str:identifier>", emil3.fetch_emil3, {"kind": kind}, name=kind[:-1])
        for kind in emil3.KINDS
    ),
]
