"""Which pages there are in English too: those of applicants and students. Staff's pages are in Swedish alone."""

ENGLISH_PAGES = frozenset(
    {
        "accounts:forgotten",
        "accounts:log_in",
        "admissions:apply",
        "admissions:apply_from_basket",
        "admissions:edit_draft",
        "admissions:list_own",
        "admissions:show_own",
        "admissions:submit",
        "admissions:withdraw",
        "catalogue:add_to_basket",
        "catalogue:change_basket",
        "catalogue:search_courses",
        "catalogue:show_basket",
        "catalogue:show_course",
        "catalogue:show_public_package",
        "grades:my_grades",
        "open_data:show_open_data",
        "public:give_feedback",
        "public:show_accessibility",
        "studies:show_my_studies",
    }
)
"""Their names. A test reads each and fails for a text that lacks its English."""
