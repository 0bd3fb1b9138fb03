"""Every address, and who may reach what behind it. A new address without a row here fails the test.

`reach` names the roles that reach an object of their own school (or, for municipal roles, of any school of their
authority).
"""

from dataclasses import dataclass, replace

from kursvis.access.rules import Role

R = Role
OFFICE, TEACHER, PRINCIPAL, COUNSELLOR = R.SCHOOL_ADMINISTRATOR, R.TEACHER, R.SCHOOL_PRINCIPAL, R.SCHOOL_COUNSELLOR
OFFICER, REGISTRAR, SYSTEM = R.ADMISSIONS_OFFICER, R.GRADE_REGISTRAR, R.SYSTEM_ADMINISTRATOR
READERS = {OFFICER, R.MUNICIPAL_COUNSELLOR, R.MUNICIPAL_PRINCIPAL, R.FRONT_DESK, OFFICE, PRINCIPAL, COUNSELLOR}
OFFER_READERS = READERS | {SYSTEM, R.ECONOMIST}
STUDENT_READERS = READERS | {REGISTRAR, R.RECORDS_OFFICER}
GROUP_READERS = READERS | {REGISTRAR, R.ECONOMIST, TEACHER}
PROTECTORS = {PRINCIPAL, R.MUNICIPAL_PRINCIPAL}
PRICERS = {SYSTEM, R.ECONOMIST}
GRADE_READERS = (READERS - {OFFICER}) | {REGISTRAR, R.RECORDS_OFFICER, TEACHER}

PUBLIC, LOGGED_IN, OWNER = "public", "logged in", "owner"


@dataclass(frozen=True)
class Row:
    """One address: who reaches it, what stands in it, and with which method it is asked."""

    reach: frozenset[Role] | str
    target: str | None = None
    argument: str = "uuid"
    post: bool = False
    sealed: bool = False
    """True: nobody reaches a protected person's, whatever the role (named readers open the letter itself)."""


def _row(
    reach: set[Role] | str,
    target: str | None = None,
    *,
    argument: str = "uuid",
    post: bool = False,
    sealed: bool = False,
) -> Row:
    return Row(reach if isinstance(reach, str) else frozenset(reach), target, argument, post, sealed)


NOT_SET_UP = _row(set())
"""Nobody reaches what the installation does not have: BankID, and the secret of a directory. With them:
kursvis/accounts/tests/test_bankid.py and test_directory.py."""

MATRIX: dict[str, Row] = {
    "core:health": _row(PUBLIC),
    "core:gallery": _row(PUBLIC),
    "public:show_accessibility": _row(PUBLIC),
    "demo:clock": _row(PUBLIC),
    "demo:mailbox": _row(PUBLIC),
    "accounts:log_in": _row(PUBLIC),
    "accounts:pick_test_person": _row(PUBLIC, post=True),
    "accounts:enter_new_test_person": _row(PUBLIC, post=True),
    "accounts:log_out": _row(PUBLIC, post=True),
    "accounts:bankid": NOT_SET_UP,
    "accounts:bankid_wait": NOT_SET_UP,
    "accounts:bankid_return": replace(NOT_SET_UP, target="course"),
    "accounts:bankid_qr": NOT_SET_UP,
    "accounts:bankid_state": NOT_SET_UP,
    "accounts:bankid_finish": replace(NOT_SET_UP, post=True),
    "accounts:bankid_leave": replace(NOT_SET_UP, post=True),
    "accounts:bankid_new": replace(NOT_SET_UP, post=True),
    "accounts:directory": replace(NOT_SET_UP, target="directory"),
    "accounts:directory_answer": replace(NOT_SET_UP, target="directory"),
    "accounts:directory_name": _row({SYSTEM}, "colleague"),
    "accounts:login_ways": _row({SYSTEM}),
    "accounts:allow_ways": _row({SYSTEM}),
    "accounts:take_back_ways": _row({SYSTEM}, "allowed_ways", post=True),
    "accounts:set_up_directory": _row({SYSTEM}),
    "accounts:use_link": _row(PUBLIC, "link", argument="secret"),
    "accounts:forgotten": _row(PUBLIC),
    "accounts:my_account": _row(LOGGED_IN),
    "accounts:change_password": _row(LOGGED_IN),
    "accounts:change_email": _row(LOGGED_IN),
    "accounts:show_inactive": _row(LOGGED_IN, post=True),
    "accounts:log_out_everywhere": _row(LOGGED_IN, post=True),
    "accounts:not_me": _row(OWNER, "device", post=True),
    "accounts:session": _row(PUBLIC),
    "accounts:extend_session": _row(PUBLIC, post=True),
    "accounts:keep_forms": _row(PUBLIC, post=True),
    "accounts:give_back_forms": _row(LOGGED_IN, post=True),
    "accounts:session_ended": _row(LOGGED_IN),
    "accounts:saved_form": _row(OWNER, "saved_form"),
    "accounts:send_saved_form": _row(OWNER, "saved_form", post=True),
    "accounts:drop_saved_form": _row(OWNER, "saved_form", post=True),
    "accounts:staff": _row({SYSTEM, OFFICE}),
    "accounts:add_colleague": _row({SYSTEM, OFFICE}),
    "accounts:person": _row({SYSTEM, OFFICE}, "colleague"),
    "accounts:edit_person": _row({SYSTEM, OFFICE}, "colleague"),
    "accounts:ask_for_role": _row({SYSTEM, OFFICE}, "colleague"),
    "accounts:invite_again": _row({SYSTEM, OFFICE}, "colleague", post=True),
    "accounts:send_reset": _row({SYSTEM, OFFICE}, "colleague", post=True),
    "accounts:lock": _row({SYSTEM, OFFICE}, "colleague", post=True),
    "accounts:unlock": _row({SYSTEM, OFFICE}, "colleague", post=True),
    "portal:staff_events": _row({SYSTEM, OFFICE}, "colleague"),
    "accounts:change_last_day": _row({SYSTEM, OFFICE}, "assignment"),
    "accounts:end_role": _row({SYSTEM, OFFICE}, "assignment", post=True),
    "accounts:withdraw_role": _row({SYSTEM, OFFICE}, "assignment", post=True),
    "accounts:activation": _row({SYSTEM}),
    "accounts:grant_roles": _row({SYSTEM}, post=True),
    "accounts:refuse_role": _row({SYSTEM}, "assignment"),
    "accounts:delegations": _row({SYSTEM}),
    "accounts:add_delegation": _row({SYSTEM}),
    "accounts:end_delegation": _row({SYSTEM}, "delegation"),
    "accounts:powers": _row({SYSTEM, OFFICE}, "colleague"),
    "portal:search": _row(LOGGED_IN),
    "portal:start": _row(LOGGED_IN),
    "portal:students": _row(STUDENT_READERS),
    "portal:person": _row(STUDENT_READERS, "student"),
    "portal:protected": _row(PROTECTORS),
    "portal:protection": _row(PROTECTORS, "student"),
    "portal:change_protection": _row(PROTECTORS, "student"),
    "portal:name_reader": _row(PROTECTORS, "student", post=True),
    "portal:review_readings": _row(PROTECTORS, "student", post=True),
    "portal:end_reader": _row(PROTECTORS, "reader", post=True),
    "portal:protected_post": _row(STUDENT_READERS),
    "portal:protected_letter": _row(PROTECTORS | {OFFICE}, "protected_letter"),
    "portal:post_protected_letter": _row(PROTECTORS | {OFFICE}, "protected_letter", post=True),
    "portal:outbox": _row({SYSTEM, OFFICER, OFFICE}),
    "portal:message": _row({SYSTEM, OFFICER, OFFICE}, "message", sealed=True),
    "portal:mark_printed": _row({SYSTEM, OFFICER, OFFICE}, "message", post=True, sealed=True),
    "portal:resend": _row({SYSTEM, OFFICER, OFFICE}, "message", post=True, sealed=True),
    "portal:attachment": _row({SYSTEM, OFFICER, OFFICE}, "message", sealed=True),
    "portal:setup": _row(PRICERS),
    "organisation:list_authorities": _row({SYSTEM}),
    "organisation:show_authority": _row({SYSTEM}, "authority"),
    "organisation:edit_authority": _row({SYSTEM}, "authority"),
    "organisation:list_providers": _row({SYSTEM}),
    "organisation:add_provider": _row({SYSTEM}),
    "organisation:edit_provider": _row({SYSTEM}, "provider"),
    "organisation:list_schools": _row({SYSTEM}),
    "organisation:add_school": _row({SYSTEM}),
    "organisation:show_school": _row({SYSTEM}, "school"),
    "organisation:edit_school": _row({SYSTEM}, "school"),
    "organisation:add_agreement": _row({SYSTEM}, "school"),
    "organisation:list_agreements": _row({SYSTEM}),
    "organisation:change_agreement": _row({SYSTEM}, "agreement"),
    "organisation:remove_agreement": _row({SYSTEM}, "agreement", post=True),
    "organisation:list_entries": _row(PRICERS),
    "organisation:add_entry": _row({SYSTEM}),
    "organisation:edit_entry": _row({SYSTEM}, "entry"),
    "organisation:end_entry": _row({SYSTEM}, "entry", post=True),
    "organisation:reopen_entry": _row({SYSTEM}, "entry", post=True),
    "organisation:list_price_lists": _row(PRICERS),
    "organisation:add_price_list": _row(PRICERS),
    "organisation:show_price_list": _row(PRICERS, "price_list"),
    "organisation:edit_price_list": _row(PRICERS, "price_list"),
    "organisation:end_price_list": _row(PRICERS, "price_list", post=True),
    "organisation:copy_price_list": _row(PRICERS, "price_list", post=True),
    "organisation:list_settings": _row({SYSTEM}),
    "organisation:set_value": _row({SYSTEM}),
    "organisation:take_back_value": _row({SYSTEM}, "setting_value", post=True),
    "catalogue:search_courses": _row(PUBLIC),
    "catalogue:show_course": _row(PUBLIC, "course_start"),
    "catalogue:list_rounds": _row(OFFER_READERS),
    "catalogue:add_period": _row({SYSTEM, OFFICER}),
    "catalogue:add_round": _row({SYSTEM, OFFICER}, "period", argument="period_uuid"),
    "catalogue:edit_period": _row({SYSTEM, OFFICER}, "period"),
    "catalogue:delete_period": _row({SYSTEM, OFFICER}, "period", post=True),
    "catalogue:edit_round": _row({SYSTEM, OFFICER}, "round"),
    "catalogue:delete_round": _row({SYSTEM, OFFICER}, "round", post=True),
    "catalogue:register": _row({SYSTEM}),
    "catalogue:apply_register": _row({SYSTEM}, post=True),
    "catalogue:list_course_starts": _row(OFFER_READERS),
    "catalogue:choose_course": _row({OFFICE}),
    "catalogue:add_course_start": _row({OFFICE}, "course", argument="course_uuid"),
    "catalogue:show_course_start": _row(OFFER_READERS, "course_start"),
    "catalogue:edit_course_start": _row({OFFICE}, "course_start"),
    "catalogue:submit_course_start": _row({OFFICE}, "course_start", post=True),
    "catalogue:send_back_course_start": _row({OFFICER}, "course_start"),
    "catalogue:publish_course_start": _row({OFFICER}, "course_start", post=True),
    "catalogue:hide_course_start": _row({OFFICER, OFFICE}, "course_start", post=True),
    "catalogue:withdraw_course_start": _row({OFFICE}, "course_start", post=True),
    "catalogue:cancel_course_start": _row({OFFICER, OFFICE}, "course_start"),
    "catalogue:stop_applications": _row({OFFICE}, "course_start", post=True),
    "catalogue:resume_applications": _row({OFFICE}, "course_start", post=True),
    "admissions:apply": _row(LOGGED_IN, "open_course_start"),
    "admissions:list_own": _row(LOGGED_IN),
    "admissions:show_own": _row(OWNER, "choice"),
    "admissions:edit_draft": _row(OWNER, "choice"),
    "admissions:submit": _row(OWNER, "choice", post=True),
    "admissions:withdraw": _row(OWNER, "choice", post=True),
    "admissions:list": _row(READERS),
    "admissions:show": _row(READERS, "choice"),
    "admissions:distribute_many": _row({OFFICER}, post=True),
    "admissions:decide": _row({OFFICER}, "choice", post=True),
    "admissions:distribute": _row({OFFICER}, "choice", post=True),
    "admissions:record_evidence": _row({OFFICER, OFFICE}, "choice", post=True),
    "admissions:open_applicant": _row(READERS, "choice", post=True),
    "studies:list_placements": _row({OFFICE}),
    "studies:do_with_chosen": _row({OFFICE}, post=True),
    "studies:show_placement": _row({OFFICE}, "choice"),
    "studies:call_applicant": _row({OFFICE}, "choice", post=True),
    "studies:place_applicant": _row({OFFICE}, "choice", post=True),
    "studies:return_applicant": _row({OFFICE}, "choice", post=True),
    "studies:list_groups": _row(GROUP_READERS),
    "studies:create_group": _row({OFFICE}),
    "studies:show_group": _row(GROUP_READERS, "group"),
    "studies:mark_not_started": _row({OFFICE}, "enrolment", post=True),
    "studies:undo_not_started": _row({OFFICE}, "enrolment", post=True),
    "studies:open_letter": _row(STUDENT_READERS, "letter"),
    "studies:show_my_studies": _row(LOGGED_IN),
    "grades:group": _row(GRADE_READERS, "group"),
    "grades:create_catalogue": _row({TEACHER}, "group", post=True),
    "grades:list_grades": _row(GRADE_READERS),
    "grades:show_grade": _row(GRADE_READERS, "grade"),
    "grades:lock_grade": _row({TEACHER}, "grade", post=True),
    "grades:move_end_and_lock": _row({TEACHER}, "grade"),
    "grades:unlock_grade": _row({REGISTRAR}, "grade"),
    "grades:list_catalogues": _row(GRADE_READERS),
    "grades:show_catalogue": _row(GRADE_READERS, "catalogue"),
    "grades:catalogue_pdf": _row(GRADE_READERS, "catalogue"),
    "grades:send_catalogue": _row({OFFICE, TEACHER}, "catalogue", post=True),
    "grades:receive_catalogue": _row({REGISTRAR}, "catalogue", post=True),
    "grades:approve_catalogue": _row({REGISTRAR}, "catalogue", post=True),
    "grades:return_catalogue": _row({REGISTRAR}, "catalogue"),
    "grades:my_grades": _row(LOGGED_IN),
}
