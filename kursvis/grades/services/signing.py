"""Signing a catalogue electronically, beside signing it on paper (help page R49; rules.md 3.25).

The order at BankID is the signature itself: bound to one document by its digest, which is signed with the text.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kursvis.access.actors import Actor
from kursvis.access.rules import Action
from kursvis.accounts.confirm.rules import ConfirmWay
from kursvis.accounts.login.bankid import services as bankid
from kursvis.accounts.login.bankid.rules import Purpose, Wanted
from kursvis.accounts.models import BankIdOrder
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.grades import rules
from kursvis.grades.models import Catalogue, CatalogueSignature
from kursvis.grades.queries import against_signing_by, digest_of
from kursvis.grades.rules import CatalogueStatus, Verb
from kursvis.grades.services.catalogues import moved, tell


def wanted_of(catalogue: Catalogue, *, by: Actor) -> Wanted:
    """Return what the decider is asked to sign: a text about the catalogue, and its PDF's digest. Raises `Refused`."""
    refuse_if(against_signing_by(catalogue, by))
    digest = digest_of(catalogue)
    text = _(
        "Jag skriver under betygskatalog {number} och besluten i den.\n\n"
        "Grupp: {group}\nKurs: {course}\nAntal betyg: {count}\nBeslutande: {name}, {title}\n\n"
        "Dokumentets kontrollsumma (SHA-256): {digest}"
    ).format(
        number=catalogue.number,
        group=catalogue.group.name,
        course=catalogue.group.course.name,
        count=catalogue.entries.count(),
        name=catalogue.decider_name,
        title=catalogue.decider_title,
        digest=digest,
    )
    return Wanted(Purpose.SIGN, Action.SIGN_CATALOGUE, by.user_id, text, bytes.fromhex(digest))


def sign_catalogue(*, catalogue: Catalogue, order: BankIdOrder | None, by: Actor, now: datetime) -> Catalogue:
    """Keep the decider's signature, and send the catalogue to the municipality with it instead of on paper.

    The order is used up, also when this is refused. Raises `Refused` when it was not begun by her for a signature, it
    is another person's, or what was signed is not the document that is kept.
    """
    used = bankid.use(order=order, purpose=Purpose.SIGN, user_id=by.user_id) if order else None
    if used is None or used.action != Action.SIGN_CATALOGUE:
        raise Refused(Reason("accounts.bankid_is_used"))
    return _keep(catalogue, used, by, now)


@transaction.atomic
def _keep(catalogue: Catalogue, used: BankIdOrder, by: Actor, now: datetime) -> Catalogue:
    refuse_if(against_signing_by(catalogue, by))
    digest = bytes(used.hidden).hex()
    refuse_if(rules.against_another_document(signed=digest, kept=digest_of(catalogue)))
    catalogue = moved(catalogue, CatalogueStatus.SENT, by=by, sent_at=now)
    CatalogueSignature.objects.create(
        catalogue=catalogue,
        user_id=catalogue.decider_id,
        way=ConfirmWay.BANKID.value,
        digest=digest,
        text=used.text,
        signature=used.signature,
        ocsp=used.ocsp,
        signed_at=now,
    )
    tell(catalogue, Verb.SIGNED, by=by, now=now)
    return catalogue
