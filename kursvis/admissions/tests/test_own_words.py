"""Returns, refusals and conditions in the municipality's own words: chosen, told, kept as they were told."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kursvis.access.actors import SYSTEM
from kursvis.accounts.tests.browsers import as_user
from kursvis.admissions import services
from kursvis.admissions.models import Choice, Condition
from kursvis.admissions.rules import ChoiceStatus, Ground, Outcome, ReturnReason, composed
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.admissions.tests.looking import codes, url
from kursvis.catalogue.tests.factories import make_course
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.rules.registers import MEANINGS, Register
from kursvis.organisation.services import registers
from kursvis.organisation.tests.factories import make_authority
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
C, R = ChoiceStatus, Register


@pytest.fixture
def office() -> Office:
    return Office()


def add(office: Office, register: Register, name: str, text: str = "", meaning: str = "") -> RegisterEntry:
    return registers.add_entry(
        authority=office.school.authority,
        register=register,
        code=f"egen-{RegisterEntry.objects.count()}",
        name=name,
        text=text,
        meaning=meaning,
        starts_on=time.today(),
        by=SYSTEM,
        now=time.now(),
    )


def give_back(choice: Choice, office: Office, **given: Any) -> Choice:
    values = {"reason": ReturnReason.NO_SEAT} | given
    return services.return_choice(choice=choice, **values, by=office.administrator, now=time.now())


def test_the_meanings_of_returns_are_those_that_the_rules_know() -> None:
    assert set(MEANINGS[R.RETURN_REASON]) == {reason.value for reason in ReturnReason}


def test_a_return_is_told_and_kept_in_the_entrys_words(office: Office) -> None:
    choice = make_choice(office=office, status=C.DISTRIBUTED)
    entry = add(office, R.RETURN_REASON, "Lokalen räcker inte", "Vi får inte plats i salen.", "no_seat")
    give_back(choice, office, entry=entry)
    assert (choice.return_reason, choice.returned_as) == ("no_seat", "Lokalen räcker inte")
    registers.edit_entry(entry=entry, name="Fullt", text="Fullt.", by=SYSTEM, now=time.now())
    to_student, to_counsellors = Message.objects.order_by("-id")[:2][::-1]
    assert "Lokalen räcker inte" in to_student.body and "Vi får inte plats i salen." in to_student.body
    assert "Lokalen räcker inte" in to_counsellors.body
    own = as_user(choice.student.user).get(url("show_own", choice)).content.decode()
    assert "Lokalen räcker inte" in own and "Vi får inte plats i salen." in own
    client = as_user(office.officer_user)
    for address in (url("show", choice), url("list", lage="returnerade")):
        assert "Lokalen räcker inte" in client.get(address).content.decode()


def test_a_return_without_entry_is_called_what_the_register_calls_its_meaning_or_else_ours(office: Office) -> None:
    first, second = (make_choice(office=office, status=C.DISTRIBUTED) for _ in range(2))
    assert give_back(first, office).returned_as == "Ingen plats kvar" and first.return_told
    RegisterEntry.objects.filter(meaning="no_seat").update(name="Slut", ends_on="2020-12-31")
    assert (give_back(second, office).returned_as, second.return_told) == ("Ingen plats kvar", "")


def test_an_entry_that_has_ended_means_something_else_or_is_anothers_is_refused(office: Office) -> None:
    choice = make_choice(office=office, status=C.DISTRIBUTED)
    entry = RegisterEntry.objects.get(authority=office.school.authority, meaning="declined")
    stranger = RegisterEntry.objects.get(authority=make_authority(), meaning="no_seat")
    for wrong in (entry, stranger):
        with pytest.raises(Refused) as refusal:
            give_back(choice, office, entry=wrong)
        assert codes(refusal) == {"organisation.entry_of_another_register"}
    ended = add(office, R.RETURN_REASON, "Gammalt", "Gammalt.", "no_seat")
    RegisterEntry.objects.filter(pk=ended.pk).update(starts_on="2020-01-01", ends_on="2020-12-31")
    ended.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        give_back(choice, office, entry=ended)
    assert codes(refusal) == {"organisation.entry_not_in_force"}


def test_a_return_is_called_something_also_in_the_database(office: Office) -> None:
    choice = make_choice(office=office, status=C.RETURNED)
    with pytest.raises(IntegrityError, match="return_reason_is_called"), transaction.atomic():
        Choice.objects.filter(pk=choice.pk).update(returned_as="")


def test_the_list_is_narrowed_to_a_reason_and_offers_ended_ones_only_to_who_shows_them(office: Office) -> None:
    full, other = (make_choice(office=office, status=C.DISTRIBUTED, last_name=name) for name in ("Full", "Annan"))
    give_back(full, office)
    give_back(other, office, reason=ReturnReason.DECLINED)
    RegisterEntry.objects.filter(meaning="declined").update(starts_on="2020-01-01", ends_on="2020-12-31")
    client = as_user(office.officer_user)
    page = client.get(url("list", lage="returnerade", skal="Ingen plats kvar")).content.decode()
    assert full.student.listed_name in page and other.student.listed_name not in page
    option = '<option value="Den sökande har tackat nej"'
    assert option not in page
    office.officer_user.shows_inactive = True
    office.officer_user.save()
    assert option in client.get(url("list", lage="returnerade")).content.decode()


@pytest.mark.parametrize(
    ("entry", "own", "told"),
    [("A.", "", "A."), ("", " B. ", "B."), ("A.", "B.", "A.\n\nB."), (" ", " ", "")],
)
def test_a_refusal_is_the_registers_text_and_the_officers_own(entry: str, own: str, told: str) -> None:
    assert composed(entry, own) == told


def test_the_form_refuses_with_the_registers_text_and_what_the_officer_adds(office: Office) -> None:
    choice, client = make_choice(office=office), as_user(office.officer_user)
    entry = add(office, R.REFUSAL_REASON, "Fel kommun", "Din hemkommun beslutar.")
    gone = add(office, R.REFUSAL_REASON, "Gammalt skäl", "Gammalt.")
    RegisterEntry.objects.filter(pk=gone.pk).update(starts_on="2020-01-01", ends_on="2020-12-31")
    page = client.get(url("show", choice)).content.decode()
    assert "Fel kommun" in page and "Din hemkommun beslutar." in page and "Gammalt skäl" not in page
    typed = {"seen": choice.status_at.isoformat(), "outcome": "refused", "refusal": gone.code, "reason": "Mitt tillägg"}
    answer = client.post(url("decide", choice), typed).content.decode()
    assert "Mitt tillägg" in answer and not choice.decisions.exists()
    client.post(url("decide", choice), typed | {"refusal": entry.code})
    made = choice.decisions.get()
    assert made.reason == "Din hemkommun beslutar.\n\nMitt tillägg"
    assert made.reason in Message.objects.latest("id").body


def test_a_condition_keeps_the_words_in_which_it_was_told(office: Office) -> None:
    choice, required, client = make_choice(office=office), make_course(name="Matematik A"), as_user(office.officer_user)
    entry = add(office, R.CONDITION, "Godkänt betyg före start", "Skicka betyget till oss före kursstarten.")
    typed = {
        "seen": choice.status_at.isoformat(),
        "outcome": "on_condition",
        "grounds": [Ground.ELIGIBLE.value],
        "condition": entry.code,
        "required_code": required.code,
    }
    client.post(url("decide", choice), typed)
    condition = Condition.objects.get()
    assert (condition.named, condition.wording) == (entry.name, entry.text)
    body = Message.objects.latest("id").body
    assert entry.name in body and entry.text in body and "Matematik A" in body
    registers.edit_entry(entry=entry, name="Nytt namn", text="Ny text.", by=SYSTEM, now=time.now())
    case = client.get(url("show", choice)).content.decode()
    own = as_user(choice.student.user).get(url("show_own", choice)).content.decode()
    for page in (case, own):
        assert "Godkänt betyg före start" in page and "Skicka betyget till oss" in page and "Nytt namn" not in page


def test_a_condition_that_has_ended_is_refused_and_one_is_always_called_something(office: Office) -> None:
    choice, entry = make_choice(office=office), add(office, R.CONDITION, "Gammalt", "Gammalt.")
    RegisterEntry.objects.filter(pk=entry.pk).update(starts_on="2020-01-01", ends_on="2020-12-31")
    entry.refresh_from_db()
    given: dict[str, Any] = {
        "outcome": Outcome.ON_CONDITION,
        "grounds": (Ground.ELIGIBLE,),
        "required_course": make_course(),
        "by": office.officer,
        "now": time.now(),
    }
    with pytest.raises(Refused) as refusal:
        services.decide(choice=choice, condition=entry, **given)
    assert codes(refusal) == {"organisation.entry_not_in_force"}
    RegisterEntry.objects.filter(register=R.CONDITION.value).update(starts_on="2020-01-01", ends_on="2020-12-31")
    services.decide(choice=choice, **given)
    assert Condition.objects.get().named == "Om godkänd på underliggande kurs, annars avslag"
