"""The account and the roles in an extract."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from kursvis.accounts.models import Assignment, Delegation, DirectoryName, SavedForm, User
from kursvis.accounts.queries.devices import devices_of
from kursvis.core import personnummer
from kursvis.core.wording import label
from kursvis.portal.queries.about_me.parts import Entry, Section, facts, from_to


def account(user: User) -> Section:
    """Return the account: who she is, how she logs in, with which browsers, and what she has not sent in yet."""
    own = Entry(
        user.full_name,
        facts(
            ("first_name", _("Förnamn"), user.first_name),
            ("last_name", _("Efternamn"), user.last_name),
            ("personnummer", _("Personnummer"), personnummer.shown(user.personnummer or "")),
            ("user_name", _("Användarnamn"), user.user_name),
            ("title", _("Titel"), user.title),
            ("email", _("E-post"), user.email),
            ("has_password", _("Har lösenord (bara en kontrollsumma sparas)"), user.has_password),
            ("logged_in_at", _("Senaste inloggning"), user.logged_in_at),
            ("locked_at", _("Kontot låst"), user.locked_at),
            ("lock_reason", _("Skäl till lås"), label("lock_reason", user.lock_reason).text if user.locked_at else ""),
            ("warned_on", _("Varnad för låsning"), user.warned_on),
            ("shows_inactive", _("Visar inaktiva"), user.shows_inactive),
        ),
    )
    browsers = [
        Entry(
            _("Webbläsare: {name}").format(name=device.name),
            facts(
                ("first_seen_at", _("Först använd"), device.first_seen_at),
                ("seen_at", _("Senast använd"), device.seen_at),
            ),
        )
        for device in devices_of(user.pk)
    ]
    names = [
        Entry(
            _("Inloggning hos {name}").format(name=row.directory.name),
            facts(("subject", _("Ditt namn där"), row.subject), ("used_at", _("Senast använd"), row.used_at)),
        )
        for row in DirectoryName.objects.filter(user=user).select_related("directory").order_by("pk")
    ]
    saved = [
        Entry(_("Sparat formulär"), facts(("path", _("Sida"), form.path), ("kept_at", _("Sparat"), form.kept_at)))
        for form in SavedForm.objects.filter(user=user).order_by("-kept_at")
    ]
    return Section("account", _("Ditt konto"), "", (own, *browsers, *names, *saved))


def roles(user: User, *, today: date) -> Section:
    """Return the roles that she holds, held or was asked for, and what has been delegated to her by name."""
    held = Assignment.objects.filter(user=user).select_related("school", "authority", "requested_by", "decided_by")
    entries = [
        Entry(
            f"{str(label('role', row.role).text).capitalize()}, {row.school or row.authority}",
            facts(
                ("period", _("Period"), from_to(row.starts_on, row.ends_on)),
                ("status", _("Läge"), label("assignment_status", row.status).text),
                ("requested_by", _("Begärd av"), row.requested_by),
                ("requested_at", _("Begärd"), row.requested_at),
                ("decided_by", _("Besvarad av"), row.decided_by),
                ("decided_at", _("Besvarad"), row.decided_at),
                ("refusal", _("Skäl till avslag"), row.refusal),
            ),
        )
        for row in held.order_by("-starts_on", "pk")
    ]
    entries += [
        Entry(
            _("Delegation: {decision}").format(decision=label("delegated_decision", row.decision).text),
            facts(
                ("period", _("Period"), from_to(row.starts_on, row.ends_on)),
                ("reference", _("Var den står"), row.reference),
                ("in_force", _("Gäller i dag"), row.starts_on <= today and (not row.ends_on or row.ends_on >= today)),
            ),
        )
        for row in Delegation.objects.filter(Q(user=user)).order_by("-starts_on", "pk")
    ]
    return Section("roles", _("Dina roller"), "", tuple(entries))
