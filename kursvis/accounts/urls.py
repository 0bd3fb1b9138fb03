"""Addresses of accounts: the ways in, and one's own account."""

from django.urls import include, path

from kursvis.accounts.views import activation, colleague, delegations, own, powers, saved_forms, sessions, staff

app_name = "accounts"
urlpatterns = [
    path("", include("kursvis.accounts.login.password.urls")),
    path("", include("kursvis.accounts.login.bankid.urls")),
    path("", include("kursvis.accounts.login.testid.urls")),
    path("", include("kursvis.accounts.login.link.urls")),
    path("", include("kursvis.accounts.login.forgotten.urls")),
    path("mitt-konto/", own.my_account, name="my_account"),
    path("personal/", staff.list_staff, name="staff"),
    path("personal/ny/", staff.add_colleague, name="add_colleague"),
    path("personal/aktivering/", activation.list_requests, name="activation"),
    path("personal/aktivering/aktivera/", activation.grant, name="grant_roles"),
    path("personal/aktivering/<uuid:uuid>/avsla/", activation.refuse, name="refuse_role"),
    path("personal/roller/<uuid:uuid>/sista-dag/", colleague.change_last_day, name="change_last_day"),
    path("personal/roller/<uuid:uuid>/avsluta/", colleague.end_role, name="end_role"),
    path("personal/roller/<uuid:uuid>/ta-tillbaka/", colleague.withdraw_role, name="withdraw_role"),
    path("personal/<uuid:uuid>/", colleague.show_person, name="person"),
    path("personal/<uuid:uuid>/behorigheter/", powers.show, name="powers"),
    path("personal/<uuid:uuid>/andra/", staff.edit_person, name="edit_person"),
    path("personal/<uuid:uuid>/roll/", colleague.ask_for_role, name="ask_for_role"),
    path("personal/<uuid:uuid>/bjud-in/", colleague.invite_again, name="invite_again"),
    path("personal/<uuid:uuid>/nytt-losenord/", colleague.send_reset, name="send_reset"),
    path("personal/<uuid:uuid>/las/", colleague.lock, name="lock"),
    path("personal/<uuid:uuid>/las-upp/", colleague.unlock, name="unlock"),
    path("installningar/delegationer/", delegations.list_delegations, name="delegations"),
    path("installningar/delegationer/ny/", delegations.add_delegation, name="add_delegation"),
    path("installningar/delegationer/<uuid:uuid>/avsluta/", delegations.end_delegation, name="end_delegation"),
    path("mitt-konto/losenord/", own.change_password, name="change_password"),
    path("mitt-konto/epost/", own.change_email, name="change_email"),
    path("mitt-konto/visa-inaktiva/", own.show_inactive, name="show_inactive"),
    path("mitt-konto/logga-ut-overallt/", own.log_out_everywhere, name="log_out_everywhere"),
    path("mitt-konto/webblasare/<uuid:uuid>/inte-jag/", own.not_me, name="not_me"),
    path("session/", sessions.show, name="session"),
    path("session/forlang/", sessions.extend, name="extend_session"),
    path("session/sparat/", sessions.keep, name="keep_forms"),
    path("session/sparat/hamta/", sessions.give_back, name="give_back_forms"),
    path("session/slut/", sessions.ended, name="session_ended"),
    path("sparat/<uuid:uuid>/", saved_forms.show, name="saved_form"),
    path("sparat/<uuid:uuid>/skicka/", saved_forms.send_again, name="send_saved_form"),
    path("sparat/<uuid:uuid>/kasta/", saved_forms.throw_away, name="drop_saved_form"),
]
