"""Notes for colleagues."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.refusals import NotAllowed, Refused
from apps.listings.models import Listing, Note


@transaction.atomic
def add_note(listing: Listing, body: str, *, by) -> Note:
    """Write a note on the listing."""
    if not by.has_perm("listings.add_note"):
        raise NotAllowed(_("Your role may not add notes."))
    if not body.strip():
        raise Refused(_("The note is empty. Write something first."))
    note = Note.objects.create(listing=listing, body=body.strip(), by=by)
    record("listing.noted", listing, by=by, note=note.pk)
    return note
