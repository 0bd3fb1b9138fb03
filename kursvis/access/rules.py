"""Permissions, and the roles that hold them. Roles are code: a change of what a role may is a reviewed commit.

Who holds a role, where and when, is data (accounts.Assignment). Design section 6; help page R01, R04, R10.
"""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from kursvis.core.reasons import Reason


class Permission(StrEnum):
    """One thing that somebody may do."""

    SEE_OFFER = "see_offer"
    EDIT_OFFER = "edit_offer"
    PUBLISH_OFFER = "publish_offer"
    EDIT_ROUNDS = "edit_rounds"
    DECIDE_COURSES = "decide_courses"
    SEE_STUDENTS = "see_students"
    SEE_APPLICATIONS = "see_applications"
    DECIDE_RECEPTION = "decide_reception"
    DISTRIBUTE = "distribute"
    PLACE = "place"
    RETURN_CHOICES = "return_choices"
    RECORD_EVIDENCE = "record_evidence"
    SEE_GROUPS = "see_groups"
    EDIT_GROUPS = "edit_groups"
    CHANGE_ENROLMENTS = "change_enrolments"
    GRADE = "grade"
    SEE_GRADES = "see_grades"
    SEND_CATALOGUES = "send_catalogues"
    RECEIVE_CATALOGUES = "receive_catalogues"
    UNLOCK_GRADES = "unlock_grades"
    SEE_OUTBOX = "see_outbox"
    EDIT_SETTINGS = "edit_settings"
    EDIT_PRICES = "edit_prices"
    EDIT_STAFF = "edit_staff"
    ACTIVATE_STAFF = "activate_staff"
    PROTECT_STUDENTS = "protect_students"
    READ_LOG = "read_log"
    ANSWER_FEEDBACK = "answer_feedback"


class Action(StrEnum):
    """A kind of step before which she shows anew who she is (R06), although she is logged in."""

    LOCK_GRADES = "lock_grades"
    SIGN_CATALOGUE = "sign_catalogue"
    CHANGE_ACCOUNTS = "change_accounts"
    PROTECT_STUDENTS = "protect_students"


CONFIRMED_FOR = timedelta(minutes=5)
"""How long it holds, in the session where it was done, for that kind of step alone."""
SIGNATURES = frozenset({Action.SIGN_CATALOGUE})
"""What is an electronic signature: nothing less than an electronic ID confirms it (R06)."""


def against_unconfirmed(confirmed: Collection[Action], action: Action) -> list[Reason]:
    """Return why the step may not be done yet by somebody who has confirmed these kinds of steps (R06)."""
    return [] if action in confirmed else [Reason("access.not_confirmed", {"action": ("action", action)})]


class Role(StrEnum):
    """A role of the municipality or of a school."""

    SYSTEM_ADMINISTRATOR = "system_administrator"
    ADMISSIONS_OFFICER = "admissions_officer"
    MUNICIPAL_COUNSELLOR = "municipal_counsellor"
    GRADE_REGISTRAR = "grade_registrar"
    MUNICIPAL_PRINCIPAL = "municipal_principal"
    ECONOMIST = "economist"
    RECORDS_OFFICER = "records_officer"
    FRONT_DESK = "front_desk"
    SCHOOL_ADMINISTRATOR = "school_administrator"
    TEACHER = "teacher"
    SCHOOL_PRINCIPAL = "school_principal"
    SCHOOL_COUNSELLOR = "school_counsellor"


SCHOOL_ROLES = frozenset({Role.SCHOOL_ADMINISTRATOR, Role.TEACHER, Role.SCHOOL_PRINCIPAL, Role.SCHOOL_COUNSELLOR})
"""Roles held at a school; the others are held at the municipality and reach every school of it."""

P = Permission
_READS_CASES = frozenset({P.SEE_OFFER, P.SEE_STUDENTS, P.SEE_APPLICATIONS, P.SEE_GROUPS})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        {
            P.SEE_OFFER,
            P.EDIT_ROUNDS,
            P.DECIDE_COURSES,
            P.SEE_OUTBOX,
            P.EDIT_SETTINGS,
            P.EDIT_PRICES,
            P.EDIT_STAFF,
            P.ACTIVATE_STAFF,
            P.READ_LOG,
            P.ANSWER_FEEDBACK,
        }
    ),
    Role.ADMISSIONS_OFFICER: _READS_CASES
    | {P.PUBLISH_OFFER, P.EDIT_ROUNDS, P.DECIDE_RECEPTION, P.DISTRIBUTE, P.RECORD_EVIDENCE, P.SEE_OUTBOX},
    Role.MUNICIPAL_COUNSELLOR: _READS_CASES | {P.SEE_GRADES},
    Role.GRADE_REGISTRAR: frozenset(
        {P.SEE_STUDENTS, P.SEE_GROUPS, P.SEE_GRADES, P.RECEIVE_CATALOGUES, P.UNLOCK_GRADES}
    ),
    Role.MUNICIPAL_PRINCIPAL: _READS_CASES | {P.DECIDE_COURSES, P.SEE_GRADES, P.PROTECT_STUDENTS},
    Role.ECONOMIST: frozenset({P.SEE_OFFER, P.SEE_GROUPS, P.EDIT_PRICES}),
    Role.RECORDS_OFFICER: frozenset({P.SEE_STUDENTS, P.SEE_GRADES, P.READ_LOG}),
    Role.FRONT_DESK: _READS_CASES | {P.SEE_GRADES, P.ANSWER_FEEDBACK},
    Role.SCHOOL_ADMINISTRATOR: _READS_CASES
    | {
        P.EDIT_OFFER,
        P.PLACE,
        P.RETURN_CHOICES,
        P.RECORD_EVIDENCE,
        P.EDIT_GROUPS,
        P.CHANGE_ENROLMENTS,
        P.SEE_GRADES,
        P.SEND_CATALOGUES,
        P.SEE_OUTBOX,
        P.EDIT_STAFF,
    },
    Role.TEACHER: frozenset({P.SEE_GROUPS, P.GRADE, P.SEE_GRADES, P.SEND_CATALOGUES}),
    Role.SCHOOL_PRINCIPAL: _READS_CASES | {P.SEE_GRADES, P.PROTECT_STUDENTS},
    Role.SCHOOL_COUNSELLOR: _READS_CASES | {P.SEE_GRADES},
}
"""What each role may. Teachers see only their own groups: that narrowing stands in the querysets."""
