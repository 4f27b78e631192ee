"""What an erasure does with the rows of this app, and what it keeps."""

from apps.core.backups import KEPT, list_backups
from apps.customers.erasing import copies, searches  # noqa: F401  they declare answers, jobs and searches
from apps.customers.erasing.registry import Kept, erases, forgets, keeps
from apps.customers.models import DuplicatePair, MergedRow

erases("customers.Phone", "Phones")
erases("customers.EmailAddress", "E-mail addresses")
erases("customers.Consent", "Consents")
erases("customers.Note", "Notes, calls and messages")
erases("customers.Task", "Tasks")


@forgets("Records as they were before a merge")
def forget_merges(subject) -> int:
    """A merge can then not be undone any more."""
    DuplicatePair.objects.filter(left__in=subject.ids).delete()
    DuplicatePair.objects.filter(right__in=subject.ids).delete()
    return MergedRow.objects.filter(merge__winner__in=subject.ids).delete()[0]


@keeps
def the_erasure_itself(subject) -> list[Kept]:
    """That it was done can be shown, and old backups run out."""
    reason = "Shows that the erasure was done, by whom and when. Nothing in it says who the person was."
    backups = f"They are read only to restore everything after a disaster; each is deleted after {KEPT} newer ones."
    return [
        Kept("Reference of the record and this receipt", len(subject.ids), reason),
        Kept("Backups of the database", len(list_backups()), backups),
    ]
