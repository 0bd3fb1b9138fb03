"""Every place where a person's data may come out, and what it shows of whom.

`test_registry.py` finds the places in the code and fails for one that has no entry here, or an entry that has gone.
`test_exits.py` asks every address that shows persons, as everybody, about a protected person. docs/data-exits.md is
made of this file.
"""

from enum import StrEnum


class Shows(StrEnum):
    """Whose data a place shows."""

    PERSONS = "students, by listed name"
    STAFF = "colleagues"
    OWN = "only who asks"
    NONE = "nobody"


_ADDRESSES = {
    Shows.PERSONS: {
        "admissions": "decide distribute distribute_many distribute_pasted list open_applicant record_evidence show",
        "demo": "mailbox",
        "grades": """approve_catalogue catalogue_pdf create_catalogue finish_signing group list_catalogues list_grades
            lock_grade move_end_and_lock receive_catalogue return_catalogue send_catalogue show_catalogue show_grade
            sign_catalogue unlock_grade""",
        "portal": """as_it_was_choice as_it_was_enrolment as_it_was_grade as_it_was_student attachment
            change_protection end_reader log log_of_catalogue log_of_choice log_of_coursestart log_of_enrolment
            log_of_grade log_of_group log_of_student mark_printed message name_reader outbox person
            post_protected_letter protected protected_letter protected_post protection resend review_readings search
            start students""",
        "studies": """call_applicant create_group do_with_chosen list_groups list_placements mark_not_started
            open_letter place_applicant return_applicant show_group show_placement undo_not_started""",
        "work": "list show start stop tell undo",
    },
    Shows.STAFF: {
        "accounts": """activation add_colleague add_delegation ask_for_role change_last_day delegations directory_name
            edit_person end_delegation end_role enter_new_test_person grant_roles invite_again lock person
            pick_test_person powers refuse_role send_reset staff unlock withdraw_role""",
        "portal": "staff_events",
    },
    Shows.OWN: {
        "accounts": """change_email change_password confirm confirm_bankid confirm_bankid_done confirm_directory
            confirm_test_id drop_saved_form extend_session give_back_forms keep_forms log_out_everywhere my_account
            not_me saved_form send_saved_form session session_ended show_inactive""",
        "admissions": "apply apply_from_basket edit_draft list_own show_own submit withdraw",
        "grades": "my_grades",
        "portal": "about_me about_me_json about_me_pdf calendar choose_reminders end_calendar feed make_calendar",
        "studies": "show_my_studies",
    },
    Shows.NONE: {
        "accounts": """allow_ways bankid bankid_finish bankid_leave bankid_new bankid_qr bankid_return bankid_state
            bankid_wait directory directory_answer forgotten log_in log_out login_ways set_up_directory take_back_ways
            use_link""",
        "catalogue": """add_continuous_period add_course_start add_individual add_package add_package_course
            add_package_start add_part add_period add_round add_to_basket apply_register
            cancel_course_start change_basket change_package_course choose_course choose_whole
            copy_offer copy_package delete_period delete_round edit_course_start edit_own_course edit_package
            edit_package_start edit_period edit_round edit_table edit_template hide_course_start
            import_example import_offer list_course_starts list_own_courses list_package_starts
            list_packages list_rounds list_templates map_import publish_chosen publish_course_start
            refused_rows register remove_package_start remove_template resume_applications robots
            save_template search_courses send_back_course_start show_basket show_course
            show_course_start show_import show_package show_package_start show_public_package
            sitemap stop_applications submit_chosen submit_course_start submit_late
            withdraw_course_start""",
        "core": "gallery health",
        "demo": "clock",
        "organisation": """add_agreement add_entry add_price_list add_provider add_school change_agreement
            copy_price_list edit_authority edit_entry edit_price_list edit_provider edit_school end_entry
            end_price_list list_agreements list_authorities list_entries list_price_lists list_providers list_schools
            list_settings remove_agreement reopen_entry set_value show_authority show_price_list show_school
            take_back_value""",
        "portal": "about_me_schema setup",
        "open_data": """educationEvent educationEvents educationInfo educationInfos educationProvider
            educationProviders fetch_catalogue fetch_emil3_index fetch_schema show_open_data""",
        "public": "give_feedback list_feedback mark_handled show_accessibility",
    },
}
ADDRESSES: dict[str, Shows] = {
    f"{app}:{name}": shows
    for shows, apps in _ADDRESSES.items()
    for app, names in apps.items()
    for name in names.split()
}

WITH_SEARCH = [
    *("portal:students", "portal:search", "portal:outbox", "portal:log", "admissions:list", "accounts:staff"),
    *("studies:list_placements", "studies:list_groups", "grades:list_grades", "grades:list_catalogues"),
]
"""The lists that are searched with ?q=: her name must find what a name of nobody finds."""

DOWNLOADS: dict[str, str] = {
    "accounts/login/bankid/views.py:show_qr": "a picture of a code: nobody",
    "accounts/login/bankid/views.py:tell": "how a login goes: nobody",
    "accounts/views/sessions.py:_state": "only who asks",
    "accounts/views/sessions.py:give_back": "what she typed herself",
    "catalogue/views/imports.py:_file": "course starts of one's own schools, and an example: nobody",
    "core/views.py:health": "nobody",
    "grades/views/catalogues.py:catalogue_pdf": "listed names; a transcript where somebody was protected since",
    "portal/views/about_me.py:fetch_json": "only who asks",
    "portal/views/about_me.py:fetch_pdf": "only who asks",
    "portal/views/about_me.py:fetch_schema": "nobody",
    "portal/views/calendar.py:fetch": "days that who has the address may read; no names, no protected person's courses",
    "portal/views/outbox.py:fetch_attachment": "what was sent; never what is sealed",
    "portal/views/protected_post.py:open_letter": "a protected person, to her readers and protectors, with a reason",
    "reporting/open_data/decorators.py:problem": "nobody",
    "reporting/open_data/views/answers.py:unless_known": "nobody: no field of a start or a school holds a person",
    "reporting/open_data/views/catalogue.py:fetch_schema": "nobody",
    "reporting/open_data/views/emil3.py:fetch_emil3": "nobody",
    "reporting/open_data/views/emil3.py:fetch_emil3_index": "nobody",
    "studies/views/letters.py:open_letter": "a protected person, to her readers, with a reason",
    "work/views.py:tell": "how far a run has come: nobody",
}
DOCUMENTS: dict[str, str] = {
    "grades/typst/catalogue.typ": "listed names and numbers",
    "letters/kinds/call/letter.typ": "the person it is to, by name and address",
    "people/typst/envelope.typ": "a protected person's name and number on the inner envelope only",
    "people/typst/letter.typ": "a protected person's name",
    "portal/typst/about_me.typ": "only who asks",
}
MAILS: dict[str, str] = {
    "accounts/services/answers.py:tell_answer": "a colleague, to the school",
    "accounts/services/answers.py:tell_new_address": "a colleague, to the school",
    "admissions/messages.py:_send": "the applicant; protected: sealed, on paper",
    "admissions/messages.py:send_return": "the applicant's listed name, to the counsellors",
    "grades/messages.py:tell": "the student; protected: sealed, on paper",
    "letters/services.py:make_call": "the student; protected: sealed, on paper",
    "public/services.py:_tell": "nobody: that feedback waits, and where",
    "portal/services/reminders.py:_remind": "the colleague it is to, and how much waits: no student",
    "post/services.py:_send": "what the makers wrote; never what goes by protected post",
    "post/services.py:send_secret": "the account's owner, at her own address, when she asks or somebody logs in as her",
}
JOBS: dict[str, str] = {
    "accounts.lock_after_failures": "user_id",
    "accounts.send_forgotten": "typed: what was typed in the box, gone with the job",
    "accounts.send_link": "link_id",
    "accounts.send_notice": "user_id notice last_day device place at to: an address of her own, gone with the job",
    "post.deliver": "message_id",
}
"""What a queued job holds. Those whose names are not written out take the keys of runs (`kursvis.work`)."""
COMMANDS: dict[str, str] = {
    "accounts/create_authority": "the first administrator's link, to who stands at the machine",
    "audit/verify_audit": "numbers of batches: nobody",
    "catalogue/load_register": "nobody",
    "core/database_roles": "nobody",
    "core/worker": "nobody",
    "demo/cast": "the invented persons of the demo; does not exist in production",
    "demo/generate": "counts",
    "demo/point_directory": "where the demo's directory is: nobody",
    "portal/generate_docs": "nobody",
}
LOG_HANDLERS: dict[str, str] = {"console": "addresses hold keys, never names; a search's text is not an address there"}
