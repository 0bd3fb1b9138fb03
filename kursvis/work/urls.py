"""Addresses of bulk runs."""

from django.urls import path

from kursvis.work import views

app_name = "work"
urlpatterns = [
    path("korningar/", views.list_runs, name="list"),
    path("korningar/<uuid:uuid>/", views.show, name="show"),
    path("korningar/<uuid:uuid>/lage/", views.tell, name="tell"),
    path("korningar/<uuid:uuid>/starta/", views.start, name="start"),
    path("korningar/<uuid:uuid>/avbryt/", views.stop, name="stop"),
    path("korningar/<uuid:uuid>/angra/", views.undo, name="undo"),
]
