"""What search engines read of a course start's page: schema.org Course with its CourseInstance, as JSON-LD.

A script of this type is data and is never run, so that the content security policy has nothing to say about it.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kursvis.catalogue.rules import pace
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.catalogue.rules.register import hours_for
from kursvis.core.wording import label

_MODES = {StudyForm.DISTANCE: "Online", StudyForm.COMBINED: "Blended"}
_HARMLESS = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def described(course_start: Any) -> str:
    """Return one sentence about a course start, for search engines and shared links."""
    text = _("{course} ({code}), {points} poäng, på {school}. Startar {starts}, slutar {ends}. Sök senast {apply}.")
    return text.format(
        course=course_start.course.name,
        code=course_start.course.code,
        points=course_start.points,
        school=course_start.school.name,
        starts=course_start.starts_on.isoformat(),
        ends=course_start.ends_on.isoformat(),
        apply=course_start.round.apply_by.isoformat(),
    )


def structured(course_start: Any, *, url: str) -> dict[str, Any]:
    """Return the page's Course in the words of schema.org. Komvux is free of charge (20 kap. 7 § skollagen)."""
    course, school = course_start.course, course_start.school
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": url,
        "url": url,
        "name": course.name,
        "courseCode": course.code,
        "description": course_start.description.strip() or described(course_start),
        "educationalLevel": str(label("level", course.level).text),
        "inLanguage": "sv",
        "provider": {
            "@type": "EducationalOrganization",
            "name": school.name,
            "email": school.email,
            "address": _address(school),
            "parentOrganization": {"@type": "GovernmentOrganization", "name": course_start.authority.name},
        },
        "offers": {"@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "SEK"},
        "hasCourseInstance": _instance(course_start, url=url),
    }


def _instance(course_start: Any, *, url: str) -> dict[str, Any]:
    dates = {"starts_on": course_start.starts_on, "ends_on": course_start.ends_on}
    return {
        "@type": "CourseInstance",
        "@id": f"{url}#start",
        "name": course_start.course.name,
        "courseMode": _MODES.get(StudyForm(course_start.study_form), "Onsite"),
        "startDate": course_start.starts_on.isoformat(),
        "endDate": course_start.ends_on.isoformat(),
        "courseWorkload": f"PT{int(hours_for(course_start.points))}H",
        "maximumAttendeeCapacity": course_start.seats,
        "remainingAttendeeCapacity": course_start.seats_left,
        "location": {
            "@type": "Place",
            "name": course_start.place or course_start.school.name,
            "address": _address(course_start.school),
        },
        "courseSchedule": {
            "@type": "Schedule",
            "startDate": course_start.starts_on.isoformat(),
            "endDate": course_start.ends_on.isoformat(),
            "repeatFrequency": "Weekly",
            "repeatCount": pace.weeks_of(**dates),
            "byDay": sorted({f"https://schema.org/{_DAYS[one.day - 1]}" for one in course_start.weekly_pattern}),
        },
    }


def _address(school: Any) -> dict[str, str]:
    return {
        "@type": "PostalAddress",
        "streetAddress": school.street,
        "postalCode": school.postal_code,
        "addressLocality": school.locality,
        "addressCountry": "SE",
    }


def as_script(data: dict[str, Any]) -> SafeString:
    """Return the data as a script that is only data; nothing in it can end the script or begin another."""
    safe = json.dumps(data, ensure_ascii=False).translate(_HARMLESS)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(safe))
