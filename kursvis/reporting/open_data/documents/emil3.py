"""The catalogue as EMIL 3 documents (SS 10700:2024, as Skolverket's Susa-navet serves them).

Which fields and codes there are stands in tests/emil3.json. Left out is what Kursvis does not know for certain.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from json import dumps
from typing import Any

from django.conf import settings
from django.urls import reverse

from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.rules.pace import pace
from kursvis.catalogue.rules.rounds import PeriodKind
from kursvis.catalogue.rules.weekly_pattern import TimeOfDay, times_of_day
from kursvis.core.address import absolute
from kursvis.core.time import SWEDEN
from kursvis.core.wording import label
from kursvis.organisation.rules import ProviderKind
from kursvis.reporting.open_data.documents.words import prior_knowledge

Document = dict[str, Any]
DECIDED, CANCELLED = "1", CourseStartStatus.CANCELLED.value
_LEVELS = {"gymnasial": "ISCED_3", "grundläggande": "ISCED_2"}
_UPPER_SECONDARY = ("VUXGY", "VUXGYAN", "GY")
_AT_A_DISTANCE = (StudyForm.DISTANCE.value, StudyForm.COMBINED.value)
_DAYTIME = frozenset({TimeOfDay.MORNING, TimeOfDay.AFTERNOON})


def key_of(kind: str, row: Any) -> str:
    """Return the identifier of a row for ever: kind (i, e or p), the installation's name, the row's own key."""
    return f"{kind}.{settings.OPEN_DATA_SOURCE}.{row.uuid.hex}"


def education_info(course: Any) -> Document:
    """Return a course as an EducationInfo."""
    is_upper = course.school_form in _UPPER_SECONDARY
    credit = {"system": _coded("C_Credits", "gy" if is_upper else "vp"), "credits": float(course.points or 0)}
    return _filled(
        identifier=key_of("i", course),
        code=course.code,
        lastEdited=_local(course.edited),
        title=_text(course.name),
        url=_url(f"{reverse('catalogue:search_courses')}?q={course.code}"),
        type=_coded("C_SchoolType", course.school_form),
        educationLevels=[_coded("C_EducationLevel", _LEVELS[course.level])] if course.level in _LEVELS else None,
        configuration=_coded("C_Configuration", "kurs"),
        subjects=[_coded("SV_Subject", course.code)],
        resultIsDegree=False,
        credits=credit if course.points else None,
        recommendedPriorKnowledge=_text(prior_knowledge(_alternatives(course))),
    )


def education_event(row: Any) -> Document:
    """Return a course start as an EducationEvent; a cancelled one is marked, not left out."""
    is_cancelled = row.status == CANCELLED
    percentage = float(pace(row.points, starts_on=row.starts_on, ends_on=row.ends_on))
    return _filled(
        identifier=key_of("e", row),
        education=key_of("i", row.course),
        providers=[key_of("p", row.school)],
        lastEdited=_local(row.edited),
        expires=f"{row.ends_on.isoformat()}T23:59:59",
        title=_text(row.course.name),
        description=_text(row.description),
        url=None if is_cancelled else _url(reverse("catalogue:show_course", args=[row.uuid])),
        locations=[_address(row.school, place=row.place)],
        execution={
            "condition": _coded("C_ExecutionCondition", DECIDED),
            "start": row.starts_on.isoformat(),
            "end": row.ends_on.isoformat(),
        },
        isCancelled=is_cancelled,
        places=row.seats,
        timeOfStudy=_coded("C_TimeOfStudy", time_of_study(row)) if row.weekly_pattern else None,
        paceOfStudy={"percentage": percentage, "individual": False},
        isApprenticeship=row.study_form == StudyForm.APPRENTICESHIP.value,
        distance={"description": _text(_study_form(row))} if row.study_form in _AT_A_DISTANCE else None,
        application=_application(row, is_cancelled),
        extensions=_extensions(row),
    )


def education_provider(school: Any) -> Document:
    """Return a school as an EducationProvider; responsible is its municipality."""
    return _filled(
        identifier=key_of("p", school),
        lastEdited=_local(school.edited),
        name=_text(school.name),
        url=_url(f"{reverse('catalogue:search_courses')}?skola={school.uuid}"),
        visitAddresses=[_address(school)],
        contactAddress=_address(school),
        emailAddresses=[school.email],
        phones=[{"number": _text(school.phone)}] if school.phone else None,
        responsibleBody={"type": _coded("C_Body", "kommunal"), "name": _text(school.authority.name)},
        owner=_text(school.provider.name),
        organisationNumber=school.provider.organisation_number,
    )


def time_of_study(row: Any) -> str:
    """Return when in the week a course meets, in the words of EMIL: dag, eftermiddag, kväll, veckoslut or blandat."""
    times = times_of_day(row.weekly_pattern)
    if times == {TimeOfDay.AFTERNOON}:
        return "eftermiddag"
    if times <= _DAYTIME:
        return "dag"
    if len(times) > 1:
        return "blandat"
    return "kväll" if times == {TimeOfDay.EVENING} else "veckoslut"


def listed(kind: str, items: Iterable[Document], *, links: list[Document], page: Document) -> Iterator[str]:
    """Return a list as the API of EMIL 3 answers, piece by piece."""
    yield dumps({"links": links, "page": page}, ensure_ascii=False)[:-1] + f', "{kind}": ['
    comma = "\n"
    for item in items:
        yield comma + dumps(item, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def _application(row: Any, is_cancelled: bool) -> Document:
    period = row.round.period
    return _filled(
        url=None if is_cancelled else _url(reverse("catalogue:show_course", args=[row.uuid])),
        first=period.opens_on.isoformat(),
        last=row.round.apply_by.isoformat(),
        email=row.authority.email,
        continuous=period.kind == PeriodKind.CONTINUOUS.value,
    )


def _extensions(row: Any) -> list[Document] | None:
    """Return who gives the course, where it is not the municipality itself."""
    provider = row.school.provider
    if provider.kind == ProviderKind.OWN.value:
        return None
    return [{"type": "KVEventExtension", "id": key_of("e", row), "contractor": provider.name}]


def _alternatives(course: Any) -> list[list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in sorted(course.prerequisites.all(), key=lambda row: (row.alternative, row.pk)):
        found.setdefault(row.alternative, []).append(row)
    return list(found.values())


def _study_form(row: Any) -> str:
    return str(label("study_form", row.study_form).text)


def _address(school: Any, *, place: str = "") -> Document:
    return _filled(
        country="SE",
        areaCode=school.authority.municipality_code,
        town=school.locality,
        postalCode=school.postal_code,
        streetAddress=school.street,
        organization=_text(school.name),
        studyLocation=_text(place),
    )


def _text(text: str) -> Document | None:
    return {"strings": [{"lang": "swe", "value": text}]} if text else None


def _url(path: str) -> Document:
    return {"urls": [{"lang": "swe", "value": absolute(path)}]}


def _coded(kind: str, code: str) -> Document:
    return {"type": kind, "code": code}


def _filled(**fields: Any) -> Document:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value is not None}


def _local(moment: datetime) -> str:
    return moment.astimezone(SWEDEN).replace(tzinfo=None).isoformat(timespec="seconds")
