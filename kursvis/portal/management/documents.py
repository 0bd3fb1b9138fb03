"""The documents that are made from the code: state diagrams and the permission matrix."""

from kursvis.access.rules import ROLES, SCHOOL_ROLES, Permission
from kursvis.accounts import rules as accounts
from kursvis.admissions import rules as admissions
from kursvis.catalogue.rules import offer
from kursvis.core.diagrams import state_diagram
from kursvis.core.wording import label
from kursvis.grades import rules as grades
from kursvis.post import rules as post
from kursvis.studies import rules as studies
from kursvis.work import rules as work

NOTE = "Made by `manage.py generate_docs`; a test fails when it is not current.\n"
MACHINES = (
    ("Assignment (uppdrag)", accounts.TRANSITIONS, "assignment_status"),
    ("Course start (kursstart)", offer.TRANSITIONS, "course_start"),
    ("Choice (kursval)", admissions.TRANSITIONS, "choice"),
    ("Condition (villkor)", admissions.CONDITION_TRANSITIONS, "condition"),
    ("Enrolment outcome (utfall)", studies.TRANSITIONS, "enrolment"),
    ("Grade (betyg)", grades.TRANSITIONS, "grade"),
    ("Grade catalogue (betygskatalog)", grades.CATALOGUE_TRANSITIONS, "grade_catalogue"),
    ("Bulk run (körning)", work.TRANSITIONS, "run"),
    ("Row of a bulk run (rad i en körning)", work.ROW_TRANSITIONS, "run_row"),
    ("Message (utskick)", post.TRANSITIONS, "message"),
)


def states() -> str:
    """Return the document of all state machines."""
    parts = [f"# States\n\n{NOTE}"]
    parts += [f"## {title}\n\n{state_diagram(table, kind)}\n" for title, table, kind in MACHINES]
    return "\n".join(parts)


def permissions() -> str:
    """Return the document of which role may what."""
    lines = [f"# Permissions\n\n{NOTE}"]
    lines.append(
        "Roles marked S are held at a school, the others at the municipality, where they reach every school.\n"
    )
    roles = list(ROLES)
    lines.append(
        "| | " + " | ".join(f"{label('role', r).text}{' (S)' if r in SCHOOL_ROLES else ''}" for r in roles) + " |"
    )
    lines.append("|---|" + "---|" * len(roles))
    for permission in Permission:
        marks = " | ".join("x" if permission in ROLES[role] else "" for role in roles)
        lines.append(f"| `{permission.value}` | {marks} |")
    return "\n".join(lines) + "\n"


DOCUMENTS = {"states.md": states, "permissions.md": permissions}
