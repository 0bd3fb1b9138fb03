"""What can be attacked, and how: every address that takes a form, every way out for data, every text that becomes a
document or a mail, every line that writes SQL or trusts a text.

`test_registry.py` finds all of them in the code and fails for one that has no entry here, or an entry that has gone. To
add one: write its entry, with why it is harmless or what holds it; see docs/security.md.
"""

from dataclasses import dataclass

EVERY_FORM = (
    "no token",
    "another site",
    "forged ids",
    "choices that are not offered",
    "turned address",
    "mass assignment",
    "garbage",
)
"""What each address that takes a form is attacked with; `test_requests.py` sends all of it."""

_POSTS = {
    "accounts": """
        add_colleague add_delegation allow_ways ask_for_role bankid bankid_finish bankid_leave bankid_new
        change_email change_last_day change_password confirm confirm_bankid confirm_bankid_done
        confirm_test_id directory_name drop_saved_form edit_person end_delegation end_role
        enter_new_test_person extend_session forgotten give_back_forms grant_roles invite_again keep_forms
        lock log_in log_out log_out_everywhere not_me pick_test_person refuse_role send_reset
        send_saved_form set_up_directory show_inactive take_back_ways unlock use_link withdraw_role
    """,
    "admissions": """
        apply apply_from_basket decide distribute distribute_many distribute_pasted edit_draft open_applicant
        record_evidence submit withdraw
    """,
    "catalogue": """
        add_continuous_period add_course_start add_individual add_package add_package_course
        add_package_start add_part add_period add_round add_to_basket apply_register cancel_course_start
        change_basket change_package_course copy_offer copy_package delete_period delete_round edit_course_start
        edit_own_course edit_package edit_package_start edit_period edit_round edit_table edit_template
        hide_course_start import_offer map_import publish_chosen publish_course_start
        remove_package_start remove_template resume_applications save_template send_back_course_start
        stop_applications submit_chosen submit_course_start submit_late withdraw_course_start
    """,
    "demo": """
        clock
    """,
    "grades": """
        approve_catalogue create_catalogue finish_signing group lock_grade move_end_and_lock
        receive_catalogue return_catalogue send_catalogue sign_catalogue unlock_grade
    """,
    "organisation": """
        add_agreement add_entry add_price_list add_provider add_school change_agreement copy_price_list
        edit_authority edit_entry edit_price_list edit_provider edit_school end_entry end_price_list
        remove_agreement reopen_entry set_value take_back_value
    """,
    "portal": """
        as_it_was_choice as_it_was_enrolment as_it_was_grade as_it_was_student change_protection choose_reminders
        end_calendar end_reader log_of_student make_calendar
        mark_printed name_reader person post_protected_letter protected_letter resend
        review_readings
    """,
    "public": """
        give_feedback mark_handled
    """,
    "studies": """
        call_applicant create_group do_with_chosen mark_not_started open_letter place_applicant
        return_applicant undo_not_started
    """,
    "work": """
        start stop undo
    """,
}

POSTS = {f"{app}:{name}" for app, names in _POSTS.items() for name in names.split()}
"""Addresses that take a form. Each is attacked with `EVERY_FORM`; some with more."""

ALSO = {
    "accounts:log_in": "brute force, enumeration by time and by answer, session fixation, open redirect",
    "accounts:forgotten": "brute force, enumeration by time and by answer, host header",
    "accounts:use_link": "guessed secrets, session fixation, secret in log and referrer",
    "accounts:bankid": "brute force, open redirect",
    "accounts:bankid_finish": "session fixation, an order of another browser",
    "accounts:bankid_new": "session fixation, an identity nobody vouched for",
    "accounts:pick_test_person": "session fixation, open redirect, absent in production",
    "accounts:enter_new_test_person": "session fixation, open redirect, absent in production",
    "accounts:change_email": "mail header injection, taking over by address",
    "accounts:add_colleague": "mail header injection, trying personnummer, roles from nowhere",
    "accounts:edit_person": "mail header injection, taking over by address",
    "accounts:keep_forms": "keeping for another, secrets kept",
    "accounts:send_saved_form": "open redirect",
    "catalogue:import_offer": "files that are no tables, bombs, names that are paths, formulas",
    "public:give_feedback": "floods, what it tells stays inside",
    "admissions:apply": "mail header injection, text in documents",
    "studies:call_applicant": "text in documents",
    "grades:create_catalogue": "text in documents",
}
"""What some addresses are attacked with besides: tests of their own, named in docs/security.md."""


@dataclass(frozen=True)
class Way:
    """A way out for data, or a place that could be misused: what holds it."""

    held_by: str


DOWNLOADS = {
    "accounts/login/bankid/views.py:show_qr": Way("an SVG drawn by us, of an order of the same browser"),
    "accounts/login/bankid/views.py:tell": Way("JSON: how far the order of the same browser has come"),
    "accounts/views/sessions.py:_state": Way("JSON: one's own session and token"),
    "accounts/views/sessions.py:give_back": Way("JSON: what oneself had written, by user and page"),
    "catalogue/views/imports.py:_file": Way(
        "CSV by `get_for`, each cell that would begin a formula quoted (rules/imports/written.py), a fixed name"
    ),
    "core/views.py:health": Way("one word, no data"),
    "grades/views/catalogues.py:catalogue_pdf": Way("PDF by `get_for`; the file's name is a number"),
    "portal/views/about_me.py:fetch_json": Way(
        "one's own data, found by the user who is logged in, never by an address"
    ),
    "portal/views/about_me.py:fetch_pdf": Way("one's own data, as above; texts are data for Typst"),
    "portal/views/about_me.py:fetch_schema": Way("a file of the program, the same for all"),
    "portal/views/calendar.py:fetch": Way(
        "text/calendar by a secret of 32 bytes, kept as a hash, guesses limited; texts escaped (core/icalendar.py)"
    ),
    "portal/views/outbox.py:fetch_attachment": Way("PDF by the outbox' queryset; a sealed one to nobody"),
    "portal/views/protected_post.py:open_letter": Way("PDF to who forwards protected persons' letters"),
    "reporting/open_data/decorators.py:problem": Way("JSON: what was asked wrongly; never shown as HTML"),
    "reporting/open_data/views/answers.py:unless_known": Way(
        "JSON of what the open catalogue shows, streamed; nothing personal"
    ),
    "reporting/open_data/views/catalogue.py:fetch_schema": Way("a file of the program, the same for all"),
    "reporting/open_data/views/emil3.py:fetch_emil3": Way("JSON of one course, start or school of the open catalogue"),
    "reporting/open_data/views/emil3.py:fetch_emil3_index": Way("JSON: the addresses of the lists"),
    "studies/views/letters.py:open_letter": Way("PDF by `get_for`, a protected person's with a reason"),
    "work/views.py:tell": Way("JSON: how far one's own run has come, in numbers"),
}
"""Answers that are no pages. Whose they are, the access matrix and tests/exits ask."""

UPLOADS = {
    "catalogue/forms/imports.py": Way("a size before anything is read; no name is a path"),
    "catalogue/templates/catalogue/import_offer.html": Way("the form with the one file field"),
    "catalogue/views/imports.py": Way("type by content (rules/imports/files.py), kept in the database, never served"),
}
"""Files that somebody sends. Each needs: type by content and not by name, a size, never a path or a static file, access
asked, never shown as HTML or SVG, and a test for each: kursvis/catalogue/tests/test_import_files.py."""

EXPORTS = {
    "catalogue/rules/imports/files.py": Way("reads what somebody sent; writes nothing"),
    "catalogue/rules/imports/workbooks.py": Way("looks at an archive before it is unpacked, and lets another read it"),
    "catalogue/rules/imports/written.py": Way("quotes cells that begin a formula; a logged step with a permission"),
    "catalogue/views/imports.py": Way("hands out what rules/imports/written.py wrote"),
    "catalogue/queries/edition.py": Way("reads the register of courses that is shipped; writes nothing"),
    "catalogue/rules/search.py": Way("reads the synonyms that are shipped; writes nothing"),
    "core/icalendar.py": Way("writes days and titles as text/calendar; each text is escaped and folded"),
    "demo/services/pool.py": Way("reads the demo's names; writes nothing"),
}
"""Files that have to do with CSV, spreadsheets, feeds or archives. One that writes must
quote cells that begin with = + - @ (lesson 8), be a logged step with a permission, and have a test of both."""

DOCUMENTS = {
    "grades/typst/catalogue.typ",
    "letters/kinds/call/letter.typ",
    "people/typst/envelope.typ",
    "people/typst/letter.typ",
    "portal/typst/about_me.typ",
}
"""Typst templates. `test_documents.py` fills each with text that would run."""

MAILS = {
    "accounts/services/answers.py:tell_answer": Way("post.queue_email"),
    "accounts/services/answers.py:tell_new_address": Way("post.queue_email"),
    "admissions/messages.py:_send": Way("post.queue_email"),
    "admissions/messages.py:send_return": Way("post.queue_email"),
    "grades/messages.py:tell": Way("post.queue_email"),
    "letters/services.py:make_call": Way("post.queue_email"),
    "public/services.py:_tell": Way("post.queue_email"),
    "portal/services/reminders.py:_remind": Way("post.queue_email"),
    "post/services.py:_send": Way("EmailMessage, which refuses line breaks in heads"),
    "post/services.py:send_secret": Way("EmailMessage, which refuses line breaks in heads"),
}
"""Who hands something to the post. Heads are one line: `test_doors.py`."""

DOORS = {
    "accounts/login/bankid/views.py:enter_new": Way("entry.enter"),
    "accounts/login/bankid/views.py:finish": Way("entry.enter"),
    "accounts/login/directory/views/entry.py:_come_in": Way("entry.enter"),
    "accounts/login/entry.py:enter": Way("cycle_key and auth.login: a new key whoever was there before"),
    "accounts/login/password/views.py:log_in": Way("entry.enter"),
    "accounts/login/testid/views.py:_enter": Way("entry.enter"),
    "accounts/views/own.py:change_password": Way("update_session_auth_hash: a new key, the others end"),
    "accounts/views/own.py:not_me": Way("update_session_auth_hash: a new key, the others end"),
}
"""Where a session begins or goes on with new rights."""

SQL = {
    "audit/queries/chain.py:_erased_untold": Way("constant statements"),
    "audit/queries/chain.py:verify": Way("constant statements"),
    "audit/services/sealing.py:_seal_batch": Way("constant statements, values as parameters"),
    "catalogue/queries/search.py:search": Way("put together of the file's own texts; all that was asked is parameters"),
    "catalogue/services/register.py:_lock": Way("a constant statement: an advisory lock"),
    "catalogue/views/table.py:_address_of": Way("not SQL: `copy` of the address' parameters"),
    "core/rate_limits.py:give_back": Way("a constant statement, values as parameters"),
    "core/rate_limits.py:hit": Way("a constant statement, values as parameters"),
    "core/startup.py:refuse_powerful_connection": Way("a constant statement"),
    "core/templatetags/kursvis.py:_address": Way("not SQL: `copy` of the address' parameters"),
    "demo/services/check.py:self_check": Way("constants of the file joined; nothing of a request, and no production"),
}
"""Functions that write SQL themselves (`raw`, `extra`, `RawSQL`, `execute`)."""

RUNNERS = {
    "core/workbooks.py:subprocess": Way(
        "this program's own reader of workbooks, by its path; what was sent is its input, never its arguments"
    ),
    "accounts/login/bankid/client.py:httpx": Way("the address is a setting, with its own authority and certificate"),
    "accounts/login/directory/client.py:httpx": Way(
        "the issuer is a system administrator's, https only no local address (rules.may_be_asked); answers are short"
    ),
    "catalogue/public_views/course_data.py:mark_safe": Way("JSON in a script that is data: < > & are escaped in it"),
    "core/glyphs.py:mark_safe": Way("shapes of the file itself"),
    "core/templatetags/kursvis.py:mark_safe": Way("an empty text"),
    "portal/todo.py:format_html of what is no constant": Way("wording of the file; what is put in is escaped"),
}
"""What could run, trust or fetch a text."""
