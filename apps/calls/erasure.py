"""What an erasure does with calls that were typed and not saved: they are emptied."""

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from apps.calls.models import CallDraft
from apps.customers.erasing.registry import forgets


@forgets("Calls that were typed and not saved")
def empty_drafts(subject) -> int:
    """Drafts that name the person or their record; finished, so that nothing late brings them back."""
    drafts = CallDraft.objects.annotate(said=Cast("fields", TextField()))
    about = Q(said__iregex=subject.pattern) | Q(label__iregex=subject.pattern)
    for reference in subject.references:
        about |= Q(said__contains=reference)
    keys = list(drafts.filter(about).values_list("pk", flat=True))
    return CallDraft.objects.filter(pk__in=keys).update(fields={}, label="", finished_at=timezone.now())
