"""A course start, step by step: from the school's draft to the public catalogue (help page R09, R11, R12, R15, R16).

Every step: rule, compare-and-set, audit event, in one transaction. All raise `Refused`, and then nothing was changed.
"""

from kursvis.catalogue.services.offer.entering import Offer, against_offer, create_course_start, edit_course_start
from kursvis.catalogue.services.offer.notices import lock_untold, mark_told
from kursvis.catalogue.services.offer.publishing import (
    against_publishing,
    against_resuming,
    against_submitting,
    against_submitting_now,
    cancel,
    hide,
    publish,
    resume_applications,
    send_back,
    stop_applications,
    submit,
    withdraw,
)
from kursvis.catalogue.services.offer.runs import (
    PUBLICATION,
    SUBMISSION,
    draft_as_it_is,
    last_event,
    prepare_publication,
    prepare_submission,
    take_back_publication,
    take_back_submission,
)
from kursvis.catalogue.services.offer.seats import count_applicant, free_seat, take_seat

__all__ = [
    "PUBLICATION",
    "SUBMISSION",
    "Offer",
    "against_offer",
    "against_publishing",
    "against_resuming",
    "against_submitting",
    "against_submitting_now",
    "cancel",
    "count_applicant",
    "create_course_start",
    "draft_as_it_is",
    "edit_course_start",
    "free_seat",
    "hide",
    "last_event",
    "lock_untold",
    "mark_told",
    "prepare_publication",
    "prepare_submission",
    "publish",
    "resume_applications",
    "send_back",
    "stop_applications",
    "submit",
    "take_back_publication",
    "take_back_submission",
    "take_seat",
    "withdraw",
]
