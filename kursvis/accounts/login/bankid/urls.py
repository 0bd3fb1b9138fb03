"""Addresses of BankID."""

from django.urls import path

from kursvis.accounts.login.bankid import views

urlpatterns = [
    path("logga-in/bankid/", views.begin, name="bankid"),
    path("logga-in/bankid/vanta/", views.wait, name="bankid_wait"),
    path("logga-in/bankid/vanta/<uuid:uuid>/", views.come_back, name="bankid_return"),
    path("logga-in/bankid/qr/", views.show_qr, name="bankid_qr"),
    path("logga-in/bankid/lage/", views.tell, name="bankid_state"),
    path("logga-in/bankid/klart/", views.finish, name="bankid_finish"),
    path("logga-in/bankid/avbryt/", views.leave, name="bankid_leave"),
    path("logga-in/bankid/ny/", views.enter_new, name="bankid_new"),
]
