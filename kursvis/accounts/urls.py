"""Addresses of accounts: the ways in, and one's own account."""

from django.urls import include, path

from kursvis.accounts.views import own

app_name = "accounts"
urlpatterns = [
    path("", include("kursvis.accounts.login.password.urls")),
    path("", include("kursvis.accounts.login.testid.urls")),
    path("mitt-konto/", own.my_account, name="my_account"),
]
