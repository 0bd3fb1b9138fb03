"""Users, the roles that they hold where and when, what they may decide, and how they get in."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.crypto import salted_hmac

from kursvis.access.rules import SCHOOL_ROLES, Action, Role
from kursvis.accounts.login.bankid.rules import OrderStatus, Purpose, Way
from kursvis.accounts.login.directory.rules import NamedBy
from kursvis.accounts.rules import AssignmentFacts, AssignmentStatus
from kursvis.accounts.rules.delegations import DelegatedDecision, DelegationFacts
from kursvis.accounts.rules.links import LinkFacts, LinkKind
from kursvis.accounts.rules.locks import LockFacts, LockReason
from kursvis.accounts.rules.login_ways import LoginWay, Ways
from kursvis.core import time
from kursvis.core.models import Row, choices, one_of, sort_key
from kursvis.organisation.models import Authority, School


class User(Row, AbstractBaseUser):
    """One natural person, staff or student or both. Who she is at an authority stands in people.Student."""

    personnummer = models.CharField(max_length=12, unique=True, null=True)  # noqa: DJ001  (unique where there is one)
    user_name = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001  (unique where there is one)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    title = models.CharField(max_length=80, blank=True, help_text="Printed on grade catalogues (SKOLFS 2012:8).")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    demo_note = models.CharField(max_length=200, blank=True, help_text="Shown by the demo's test e-ID.")
    locked_at = models.DateTimeField(null=True)
    lock_reason = models.CharField(max_length=20, choices=choices(LockReason), blank=True)
    seen_at = models.DateTimeField(
        null=True, help_text="Latest login, unlocking or first role, in real time: inactivity counts from it (R07)."
    )
    warned_on = models.DateField(null=True, help_text="When she was last told that inactivity will lock the account.")
    logged_in_at = models.DateTimeField(null=True)
    session_serial = models.PositiveIntegerField(default=0, help_text="Raised to log out everywhere.")
    shows_inactive = models.BooleanField(default=False, help_text="Her own setting: lists show what has ended (R09).")
    reminders = models.BooleanField(default=True, help_text="Her own setting: e-mail before a day that is near (R14).")
    name_key = sort_key(Concat("last_name", Value(" "), "first_name"))
    last_login = None

    USERNAME_FIELD = "user_name"
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["name_key", "id"], name="user_by_name")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(personnummer__isnull=True) | Q(personnummer__regex=r"^[0-9]{12}$"),
                name="user_personnummer_is_12_digits",
            ),
            models.CheckConstraint(
                condition=Q(personnummer__isnull=False) | Q(user_name__isnull=False), name="user_can_log_in_somehow"
            ),
            models.CheckConstraint(
                condition=Q(locked_at__isnull=True, lock_reason="")
                | Q(locked_at__isnull=False, lock_reason__in=[reason.value for reason in LockReason]),
                name="user_lock_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return first name and surname."""
        return f"{self.first_name} {self.last_name}"

    @property
    def has_password(self) -> bool:
        """Say whether a password is set. Django calls an empty one usable."""
        return bool(self.password) and self.has_usable_password()

    def lock_facts(self) -> LockFacts:
        """Return what the rules of locks need."""
        return LockFacts(
            user_id=self.pk,
            is_active=self.is_active,
            locked_at=self.locked_at,
            reason=LockReason(self.lock_reason) if self.lock_reason else None,
            seen_on=time.swedish_date(self.seen_at) if self.seen_at else None,
            warned_on=self.warned_on,
        )

    def get_session_auth_hash(self) -> str:
        """Return what a session is bound to: a new password, or logging out everywhere, ends it."""
        return salted_hmac(
            "kursvis.accounts.session", f"{self.password}:{self.session_serial}", algorithm="sha256"
        ).hexdigest()


class Assignment(Row):
    """A role held by a user at an authority, or at one school of it, from a day to a day.

    What a school asks for counts when the municipality has granted it (R04).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40, choices=choices(Role))
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    status = models.CharField(
        max_length=12, choices=choices(AssignmentStatus), default=AssignmentStatus.REQUESTED.value
    )
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refusal = models.CharField(
        max_length=500, blank=True, help_text="Why the municipality refused; the school reads it."
    )

    objects: ClassVar[models.Manager["Assignment"]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["authority", "status"], name="assignment_by_state"),
            models.Index(fields=["school", "status"], name="assignment_by_school"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("role", Role, "assignment_role"),
            one_of("status", AssignmentStatus, "assignment_status"),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(refusal=""), name="refused_assignment_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="assignment_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(SCHOOL_ROLES), school__isnull=False)
                | (~Q(role__in=sorted(SCHOOL_ROLES)) & Q(school__isnull=True)),
                name="assignment_role_fits_unit",
            ),
        ]

    def facts(self) -> AssignmentFacts:
        """Return what the rules need."""
        return AssignmentFacts(
            status=AssignmentStatus(self.status),
            role=Role(self.role),
            user_id=self.user_id,
            authority_id=self.authority_id,
            school_id=self.school_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


class Link(Row):
    """A one-time link: an invitation, or a new password. Only the hash of its secret is kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=20, choices=choices(LinkKind))
    secret_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001  (null until it is sent)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Used, or replaced by a newer link.")
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", help_text="Who invited her, or sent her the link."
    )

    objects: ClassVar[models.Manager["Link"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", LinkKind, "link_kind"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="link_times_in_order"),
            models.UniqueConstraint(
                fields=["user", "kind"], condition=Q(ended_at__isnull=True), name="one_open_link_of_a_kind"
            ),
        ]

    def facts(self) -> LinkFacts:
        """Return what the rules need."""
        return LinkFacts(kind=LinkKind(self.kind), expires_at=self.expires_at, ended=self.ended_at is not None)


class Device(Row):
    """A browser that a user has logged in with, known by a secret in its cookie; only the hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    secret_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    first_seen_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Device"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "secret_hash"], name="device_once_a_user"),
        ]


class CalendarLink(models.Model):
    """A secret address where a calendar program fetches a user's days without a login. Only its hash is kept."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_link")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["CalendarLink"]] = models.Manager()


class Delegation(Row):
    """Who may decide something for the authority's board, from a day to a day: everybody with a role, or one person."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=20, choices=choices(DelegatedDecision))
    role = models.CharField(max_length=40, choices=choices(Role), blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=200, help_text="Where the board has said so, printed on the decision.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Delegation"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("decision", DelegatedDecision, "delegation_decision"),
            models.CheckConstraint(
                condition=Q(role="", user__isnull=False) | Q(role__in=[role.value for role in Role], user__isnull=True),
                name="delegation_is_to_a_role_or_a_person",
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="delegation_has_a_reference"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="delegation_dates_in_order"
            ),
        ]

    def facts(self) -> DelegationFacts:
        """Return what the rules need."""
        return DelegationFacts(
            decision=DelegatedDecision(self.decision),
            role=Role(self.role) if self.role else None,
            user_id=self.user_id,
            reference=self.reference,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


class SavedForm(Row):
    """What somebody had typed when her session ended: given back after login, then gone. Never a password.

    `fields` holds `forms` (a page's forms, to be filled in again) or `posted` (what was sent, to be sent again).
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    fields = models.JSONField()
    kept_at = models.DateTimeField()

    objects: ClassVar[models.Manager["SavedForm"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "path"], name="saved_form_once_a_page"),
        ]


class BankIdOrder(Row):
    """A login, confirmation or signature with BankID under way.

    Its secrets never reach the browser; the row is erased when it is used.
    """

    purpose = models.CharField(max_length=10, choices=choices(Purpose), default=Purpose.LOGIN.value)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+", help_text="Who confirms.")
    action = models.CharField(max_length=30, choices=choices(Action), blank=True)
    text = models.TextField(blank=True, help_text="What she sees and signs.")
    hidden = models.BinaryField(default=b"", help_text="What is signed with it: the digest of a document.")

    way = models.CharField(max_length=20, choices=choices(Way))
    expected = models.CharField(max_length=12, blank=True, help_text="The number of the person who was named.")
    names_nobody = models.BooleanField(default=False, help_text="A name was typed that nobody has.")
    ip = models.GenericIPAddressField()
    return_url = models.CharField(max_length=300)
    has_returned = models.BooleanField(default=False)
    first_started_at = models.DateTimeField()
    started_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    order_ref = models.CharField(max_length=60)
    auto_start_token = models.CharField(max_length=60)
    qr_start_token = models.CharField(max_length=60)
    qr_start_secret = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=choices(OrderStatus))
    hint = models.CharField(max_length=60, blank=True)
    is_error = models.BooleanField(default=False)
    personnummer = models.CharField(max_length=12, blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    surname = models.CharField(max_length=80, blank=True)
    device_ip = models.CharField(max_length=45, blank=True)
    signature = models.TextField(blank=True, help_text="Kept only of a signature, until it is used.")
    ocsp = models.TextField(blank=True)

    objects: ClassVar[models.Manager["BankIdOrder"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("way", Way, "bankid_order_way"),
            one_of("purpose", Purpose, "bankid_order_purpose"),
            models.CheckConstraint(
                condition=Q(purpose="login", user__isnull=True, action="", text="")
                | (~Q(purpose="login") & Q(user__isnull=False) & ~Q(action="") & ~Q(text="") & ~Q(expected="")),
                name="bankid_order_says_what_is_confirmed",
            ),
            one_of("status", OrderStatus, "bankid_order_status"),
            models.CheckConstraint(
                condition=~Q(status="complete") | ~Q(personnummer=""), name="complete_bankid_order_names_somebody"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["first_started_at"], name="bankid_order_by_age")]


class Directory(Row):
    """An authority's own directory of its staff: an OpenID provider. Its client secret is in the environment."""

    authority = models.OneToOneField(Authority, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, help_text="What the button at the login says.")
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=200)
    named_by = models.CharField(max_length=30, choices=choices(NamedBy), default=NamedBy.SUBJECT.value)
    personnummer_claim = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Directory"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("named_by", NamedBy, "directory_named_by"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(issuer="") & ~Q(client_id=""), name="directory_can_be_asked"
            ),
        ]


class DirectoryName(Row):
    """Who somebody is in an authority's directory. `used_at`: when the name first let her in."""

    directory = models.ForeignKey(Directory, on_delete=models.PROTECT, related_name="names")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="directory_names")
    subject = models.CharField(max_length=255)
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["DirectoryName"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["directory", "user"], name="directory_name_once_a_user"),
            models.UniqueConstraint(fields=["directory", "subject"], name="directory_name_of_one_user"),
            models.CheckConstraint(condition=~Q(subject=""), name="directory_name_is_written"),
        ]


class AllowedWays(Row):
    """Which ways in an authority's staff may use, from a day until the next row's."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    password = models.BooleanField()
    electronic_id = models.BooleanField()
    directory = models.BooleanField()

    objects: ClassVar[models.Manager["AllowedWays"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["authority", "starts_on"], name="allowed_ways_once_a_day"),
            models.CheckConstraint(
                condition=Q(password=True) | Q(electronic_id=True) | Q(directory=True), name="allowed_ways_has_one"
            ),
        ]

    def ways(self) -> Ways:
        """Return the ways, for the rules."""
        return frozenset(way for way in LoginWay if getattr(self, way.value))
