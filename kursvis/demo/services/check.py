"""The self-check: what must hold in every database, whoever filled it. Each check is a question that finds what is
wrong."""

from django.db import connection


def _day(moment: str) -> str:
    """Return the Swedish date of a column, in SQL."""
    return f"({moment} AT TIME ZONE 'Europe/Stockholm')::date"


def _in_force(row: str, day: str) -> str:
    """Return the condition that a dated row counts on a day, in SQL."""
    return f"{row}.starts_on <= {day} AND ({row}.ends_on IS NULL OR {day} <= {row}.ends_on)"


CHECKS = {
    "seats taken are the placed who did not fail to start": """
        SELECT cs.id FROM catalogue_coursestart cs
        LEFT JOIN admissions_choice c ON c.course_start_id = cs.id
        LEFT JOIN studies_enrolment e ON e.choice_id = c.id AND e.outcome <> 'not_started'
        GROUP BY cs.id, cs.seats_taken HAVING count(e.id) <> cs.seats_taken""",
    "applicants are the choices that are sent in and not withdrawn": """
        SELECT cs.id FROM catalogue_coursestart cs
        LEFT JOIN admissions_choice c ON c.course_start_id = cs.id AND c.status NOT IN ('draft', 'withdrawn',
        'replaced')
        GROUP BY cs.id, cs.applicants HAVING count(c.id) <> cs.applicants""",
    "a placed choice has an enrolment": """
        SELECT c.id FROM admissions_choice c LEFT JOIN studies_enrolment e ON e.choice_id = c.id
        WHERE c.status = 'placed' AND e.id IS NULL""",
    "nobody is placed on an open condition": """
        SELECT c.id FROM admissions_choice c JOIN admissions_condition k ON k.choice_id = c.id
        WHERE c.status = 'placed' AND c.outcome = 'on_condition' AND k.status = 'open'
        AND NOT EXISTS (SELECT 1 FROM audit_event a WHERE a.subject = 'admissions.choice' AND a.subject_id = c.id
                        AND a.verb LIKE '%%reopened%%')""",
    "the path of a choice leads to its state": """
        SELECT c.id FROM admissions_choice c
        WHERE NOT EXISTS (SELECT 1 FROM admissions_choicestep s WHERE s.choice_id = c.id AND s.new = c.status)""",
    "what was decided stands in a decision": """
        SELECT c.id FROM admissions_choice c WHERE c.outcome IS NOT NULL AND c.outcome <> (
            SELECT d.outcome FROM admissions_decision d WHERE d.choice_id = c.id AND d.kind = 'reception'
            ORDER BY d.id DESC LIMIT 1)""",
    "a locked grade completes its enrolment and gives a result": """
        SELECT g.id FROM grades_grade g JOIN studies_enrolment e ON e.id = g.enrolment_id
        LEFT JOIN merits_result r ON r.source = 'own_grade' AND r.source_id = g.id AND r.withdrawn_at IS NULL
        WHERE (g.status <> 'set') <> (e.outcome = 'completed' AND e.has_locked_grade AND r.id IS NOT NULL
                                      AND r.value = g.value)""",
    "an approved grade stands in an approved catalogue, or waits to be carried over": """
        SELECT g.id FROM grades_grade g WHERE g.status = 'approved' AND NOT EXISTS (
            SELECT 1 FROM grades_catalogueentry e JOIN grades_catalogue k ON k.id = e.catalogue_id
            WHERE e.grade_id = g.id AND (k.approved_at IS NOT NULL OR e.carried_over))""",
    "an approved catalogue has only approved grades": """
        SELECT k.id FROM grades_catalogue k JOIN grades_catalogueentry e ON e.catalogue_id = k.id AND e.valid
        JOIN grades_grade g ON g.id = e.grade_id WHERE k.status = 'approved' AND g.status NOT IN ('approved',
        'exported')""",
    "rows of one authority point at rows of the same": """
        SELECT c.id FROM admissions_choice c JOIN people_student s ON s.id = c.student_id
        JOIN catalogue_coursestart cs ON cs.id = c.course_start_id
        WHERE c.authority_id <> s.authority_id OR c.authority_id <> cs.authority_id""",
    "who decided had the board's word for it that day": f"""
        SELECT d.id FROM admissions_decision d JOIN admissions_choice c ON c.id = d.choice_id
        WHERE NOT EXISTS (
            SELECT 1 FROM accounts_delegation g WHERE g.authority_id = c.authority_id AND g.decision = d.kind
            AND g.reference = d.delegation AND {_in_force("g", "d.decided_on")})""",
    "who took a step held a role there that day": f"""
        SELECT s.id FROM admissions_choicestep s JOIN admissions_choice c ON c.id = s.choice_id
        WHERE s.new IN ('decided', 'distributed', 'placed', 'returned') AND s.by_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM accounts_assignment a WHERE a.user_id = s.by_id AND a.authority_id = c.authority_id
            AND a.status IN ('granted', 'ended') AND {_in_force("a", _day("s.at"))})""",
    "what a school asked for was answered by the municipality": """
        SELECT a.id FROM accounts_assignment a WHERE a.status IN ('granted', 'refused')
        AND a.requested_by_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM accounts_assignment b WHERE b.user_id = a.decided_by_id AND b.user_id <> a.user_id
            AND b.authority_id = a.authority_id AND b.role = 'system_administrator')""",
    "nobody was placed without an agreement that day": f"""
        SELECT e.id FROM studies_enrolmentstep s JOIN studies_enrolment e ON e.id = s.enrolment_id
        JOIN studies_group g ON g.id = e.group_id WHERE s.verb = 'placed' AND NOT EXISTS (
            SELECT 1 FROM organisation_agreement a WHERE a.school_id = g.school_id
            AND {_in_force("a", _day("s.at"))})""",
    "a price is of one of the municipality's own industries": """
        SELECT p.id FROM organisation_price p JOIN organisation_pricelist l ON l.id = p.price_list_id
        JOIN organisation_registerentry e ON e.id = p.industry_id
        WHERE e.authority_id <> l.authority_id OR e.register <> 'industry'""",
}


def self_check() -> dict[str, list[int]]:
    """Return what is wrong: the question, and up to ten ids that fail it. Empty means that everything holds."""
    wrong = {}
    with connection.cursor() as cursor:
        for question, sql in CHECKS.items():
            cursor.execute(f"SELECT id FROM ({sql}) AS found LIMIT 10", [])
            if found := [row[0] for row in cursor.fetchall()]:
                wrong[question] = found
    return wrong
