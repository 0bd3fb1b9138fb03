"""Who can log in to the demo as what."""

from typing import Any

from kursvis.accounts.models import Assignment, User
from kursvis.core.wording import label
from kursvis.demo.rules.cast import CAST, PASSWORD, CastMember


def logins() -> list[dict[str, Any]]:
    """Return the logins of the cast that stands in the database, in the cast's order."""
    numbers = [person.personnummer for person in CAST]
    users = {user.personnummer: user for user in User.objects.filter(personnummer__in=numbers)}
    units = {
        a.user_id: a for a in Assignment.objects.filter(user__in=users.values()).select_related("authority", "school")
    }
    return [
        _login(person, users[person.personnummer], units.get(users[person.personnummer].pk))
        for person in CAST
        if person.personnummer in users
    ]


def _login(person: CastMember, user: User, assignment: Assignment | None) -> dict[str, Any]:
    roles = [str(label("role", assignment.role).text)] if assignment else []
    roles += ["studerande"] if person.is_student else []
    unit = str(assignment.school or assignment.authority) if assignment else person.note or person.authority
    return {
        "name": user.full_name,
        "personnummer": user.personnummer,
        "user_name": user.user_name,
        "password": PASSWORD,
        "roles": roles or ["sökande"],
        "unit": unit,
    }
