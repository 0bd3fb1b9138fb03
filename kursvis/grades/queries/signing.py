"""Who signed a catalogue electronically, whether the document is still the one that was signed, and who may."""

import hashlib
from dataclasses import dataclass

from django.conf import settings

from kursvis.access.actors import Actor
from kursvis.accounts.models import User
from kursvis.core.reasons import Reason
from kursvis.grades import rules
from kursvis.grades.models import Catalogue, CatalogueSignature
from kursvis.grades.queries.catalogues import catalogue_facts, entries_in


def digest_of(catalogue: Catalogue) -> str:
    """Return the SHA-256 of the catalogue's PDF as it is kept."""
    kept = Catalogue.objects.values_list("pdf", flat=True).get(pk=catalogue.pk)
    return hashlib.sha256(bytes(kept)).hexdigest()


def against_signing_by(catalogue: Catalogue, actor: Actor) -> list[Reason]:
    """Return every reason why the actor may not sign a catalogue electronically."""
    has_number = User.objects.filter(pk=actor.user_id or 0, personnummer__isnull=False).exists()
    return rules.against_signing(
        catalogue_facts(Catalogue.objects.only("status").get(pk=catalogue.pk), entries_in(catalogue)),
        decider_user_id=catalogue.decider_id,
        has_electronic_id=has_number and bool(settings.BANKID["address"]),
        actor_user_id=actor.user_id,
    )


@dataclass(frozen=True)
class Signed:
    """A signature as the catalogue's page shows it."""

    signature: CatalogueSignature
    is_whole: bool

    @property
    def shown_digest(self) -> str:
        """Return the digest in groups of eight, so that it can be compared by eye and breaks on a narrow page."""
        digest = self.signature.digest
        return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def signature_of(catalogue: Catalogue) -> Signed | None:
    """Return a catalogue's electronic signature, and whether the kept document still is what was signed."""
    found = CatalogueSignature.objects.filter(catalogue=catalogue).select_related("user").first()
    return Signed(found, found.digest == digest_of(catalogue)) if found else None


def against_signature_of(catalogue: Catalogue) -> list[Reason]:
    """Return why a signed catalogue is not received: the kept document is not the one that was signed."""
    signed = CatalogueSignature.objects.filter(catalogue=catalogue).values_list("digest", flat=True).first()
    return rules.against_another_document(signed=signed, kept=digest_of(catalogue)) if signed else []
