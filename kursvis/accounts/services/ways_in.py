"""What an account that came to nothing keeps: nothing that leads into it (help page R01, R04)."""

from kursvis.accounts.models import Assignment, User
from kursvis.accounts.rules import AssignmentStatus, came_to_nothing
from kursvis.accounts.services.links import end_open


def void_if_never_given_a_role(*, user: User) -> bool:
    """Take the password, the e-mail address and the open links of an account that no role was ever granted to.

    A school has typed whose account it is and where its links go, and the municipality has said no: when the person
    herself comes one day with her electronic ID, nobody else may have a key. Part of the step that refuses or takes
    back her last role, which is audited; say whether anything was taken.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    statuses = Assignment.objects.filter(user=user).values_list("status", flat=True)
    if user.user_name is None or not came_to_nothing(map(AssignmentStatus, statuses)):
        return False
    user.set_unusable_password()
    user.email = ""
    user.save(update_fields=["password", "email"])
    end_open(user=user)
    return True
