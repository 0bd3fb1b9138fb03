"""How to appeal a decision of reception, as stored with the decision (28 kap. 12 § and 29 kap. 11 § skollagen)."""

from django.utils.translation import gettext as _

from kursvis.organisation.models import Authority

APPEAL_WEEKS = 3
"""From the day the applicant got the decision (44 § förvaltningslagen; rules.md 1.61)."""


def appeal_text(authority: Authority) -> str:
    """Return how to appeal, in plain words: to the board, through the authority that decided, within three weeks."""
    return _(
        "Så här överklagar du\n"
        "Är du inte nöjd med beslutet kan du överklaga det till Skolväsendets överklagandenämnd. Skriv vilket beslut "
        "du "
        "överklagar (ansökans nummer och kurs), varför du tycker att det är fel och hur du vill att det ändras. "
        "Skriv också "
        "ditt namn och hur vi når dig.\n"
        "Skicka överklagandet till oss som fattade beslutet: {office}, {email}. Det ska ha kommit till oss inom "
        "{weeks} veckor "
        "från den dag du fick beslutet. Vi ser efter om vi själva kan ändra beslutet; annars skickar vi det vidare "
        "till nämnden. "
        "Det kostar ingenting att överklaga."
    ).format(office=authority.adult_education_name, email=authority.email, weeks=APPEAL_WEEKS)
