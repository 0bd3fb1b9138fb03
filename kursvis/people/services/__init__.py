"""Students' records: made, opened, changed; how a person is protected, who reads her data, and her post."""

from kursvis.people.services.protected_post import open_letter, post_letter, print_envelope, print_letter
from kursvis.people.services.protection import (
    end_protected_reader,
    name_protected_reader,
    protect,
    readings_reviewed,
)
from kursvis.people.services.records import CONTACT_FIELDS, ensure_student, opened, searched, update_contact

__all__ = [
    "CONTACT_FIELDS",
    "end_protected_reader",
    "ensure_student",
    "name_protected_reader",
    "open_letter",
    "opened",
    "post_letter",
    "print_envelope",
    "print_letter",
    "protect",
    "readings_reviewed",
    "searched",
    "update_contact",
]
