"""A whole region's offer at once, of every kind, for tests of what a search finds and costs."""

from datetime import timedelta
from itertools import product
from random import Random

from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.catalogue.rules.weekly_pattern import Lesson
from kursvis.catalogue.tests.factories import make_course, make_round
from kursvis.core import time
from kursvis.organisation.tests.factories import make_authority, make_school

_LEVELS = ("gymnasial", "gymnasial", "grundläggande", "sfi")
_TEXTS = ("Vi läser på distans med två träffar.", "Bra att ha läst matematik innan.", "Praktik ingår i kursen.", "")
_AT = (9 * 60, 13 * 60, 18 * 60)


def make_many_starts(number: int, *, seed: int = 1, courses: int = 40) -> list[CourseStart]:
    """Return published course starts of many courses, schools, forms and times at two municipalities."""
    chance = Random(seed)
    schools, rounds = [], {}
    for _ in range(2):
        authority = make_authority()
        schools += [make_school(authority=authority) for _ in range(4)]
        rounds[authority.pk] = [
            make_round(authority=authority, starts_on=time.today() + timedelta(days=days), **given)
            for days, given in ((30, {}), (60, {}), (95, {}), (130, {}))
        ]
    offered = [_course(number, chance) for number in range(courses)]
    made = []
    for _ in range(number):
        school = chance.choice(schools)
        round_ = chance.choice(rounds[school.authority_id])
        made.append(
            CourseStart(
                authority=school.authority,
                school=school,
                course=chance.choice(offered),
                round=round_,
                starts_on=round_.starts_on,
                ends_on=round_.starts_on + timedelta(days=chance.choice((33, 50, 68, 100, 138))),
                points=chance.choice((50, 100, 150, 200)),
                seats=10,
                seats_taken=chance.choice((0, 3, 10)),
                study_form=chance.choice(list(StudyForm)),
                place=chance.choice(("Skolgatan 4, Mälarvik", "Torget 1, Norrby", "Sal 12", "")),
                description=chance.choice(_TEXTS),
                weekly_pattern=_pattern(chance),
                stopped=chance.random() < 0.1,
                status="published",
            )
        )
    return CourseStart.objects.bulk_create(made)


def _course(number: int, chance: Random) -> NationalCourse:
    subject = ("Matematik", "Engelska", "Samhällskunskap", "Vård och omsorg", "Programmering")[number % 5]
    return make_course(
        code=f"{subject[:4].upper()}{number:03d}X",
        name=f"{subject}, nivå {number // 5}",
        subject_name=subject,
        level=chance.choice(_LEVELS),
    )


def _pattern(chance: Random) -> tuple[Lesson, ...]:
    some = [Lesson(day, at, at + 90) for day, at in product((1, 2, 4, 6), _AT)]
    return tuple(sorted(chance.sample(some, chance.choice((0, 1, 2)))))
