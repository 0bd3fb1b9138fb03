"""Every way to write every day reads back as that day, and what is no day is said to be none."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kursvis.catalogue.rules.imports.dates import lacks_year, read_day

MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
          "december")  # fmt: skip
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
days = st.dates(date(2000, 1, 3), date(2099, 12, 27))


def forms_of(day: date) -> list[str]:
    """Return a day in every form that people and programs write it."""
    d, m, y = day.day, day.month, day.year
    iso = day.isocalendar()
    return [
        day.isoformat(),
        f"{day.isoformat()} 00:00:00",
        f"{day.isoformat()}T00:00",
        f"{day:%Y%m%d}",
        f"{y}/{m}/{d}",
        f"{y}.{m:02}.{d:02}",
        f"{d}/{m} {y}",
        f"{d}/{m}-{y}",
        f"{d}/{m}/{y}",
        f"{d:02}.{m:02}.{y}",
        f"{d}-{m}-{y}",
        f"{d} {MONTHS[m - 1]} {y}",
        f"{d} {MONTHS[m - 1][:3]}. {y}",
        f"den {d} {MONTHS[m - 1]} {y}".removeprefix("den "),
        f"{WEEKDAYS[day.weekday()]} {d}/{m} {y}",
        f"{WEEKDAYS[day.weekday()].capitalize()} den {d} {MONTHS[m - 1].upper()} {y}",
        f"{iso.year}-W{iso.week:02}-{iso.weekday}",
        f"{WEEKDAYS[day.weekday()][:3]} v. {iso.week} {iso.year}",
        f"  {day.isoformat()} ",
        str((day - date(1899, 12, 30)).days),
        f"{(day - date(1899, 12, 30)).days}.375",
        f"{day:%y%m%d}",
        f"{day:%y-%m-%d}",
        f"{d}/{m}-{day:%y}",
    ]


@given(day=days)
@example(day=date(2024, 2, 29))
def test_every_form_of_every_day_reads_back(day: date) -> None:
    assert {form: read_day(form) for form in forms_of(day)} == dict.fromkeys(forms_of(day), day)


@given(day=days)
def test_a_week_is_its_monday_as_a_start_and_its_friday_as_an_end(day: date) -> None:
    year, week, _weekday = day.isocalendar()
    for form in (
        f"v. {week} {year}",
        f"vecka {week}, {year}",
        f"V{week} {year}",
        f"{year} v{week}",
        f"{year}-W{week:02}",
    ):
        assert read_day(form) == date.fromisocalendar(year, week, 1)
        assert read_day(form, is_end=True) == date.fromisocalendar(year, week, 5)


@given(day=days)
def test_a_day_without_a_year_is_one_of_the_year_that_is_told(day: date) -> None:
    iso = day.isocalendar()
    forms = {f"{day.day}/{day.month}": day.year, f"{day.day} {MONTHS[day.month - 1][:3]}": day.year}
    forms[f"{WEEKDAYS[day.weekday()]} v. {iso.week}"] = iso.year
    for form, year in forms.items():
        assert (read_day(form), read_day(form, year=year), lacks_year(form)) == (None, day, True)
    assert not lacks_year(day.isoformat())


@given(text=st.text(max_size=30))
def test_nothing_that_is_typed_is_more_than_no_day(text: str) -> None:
    assert read_day(text) is None or isinstance(read_day(text), date)


@pytest.mark.parametrize("text", ["2026-02-30", "31/4 2026", "v. 54 2026", "2026-13-01", "i höst", "", "12345", "17/8"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None
