"""What an erasure does with enquiries: that a listing was asked about stays, who asked and what goes."""

from django.apps import apps
from django.db.models import Q

from apps.customers.erasing.registry import Kept, erases, forgets, keeps
from apps.website.models import Enquiry

TEXTS = ("name", "phone", "email", "text", "page", "consent_text")
SAYS_WHO = ("name", "phone", "email", "text")
erases("website.Enquiry", "Enquiries from websites: who asked, and what", blank=TEXTS)


@forgets("Enquiries of which nobody said whose they are")
def forget_unclear(subject) -> int:
    """Those that mention this person and nobody else: now, and as they were."""
    mentions = Q()
    for name in SAYS_WHO:
        mentions |= Q(**{f"{name}__iregex": subject.pattern})
    keys = list(Enquiry.objects.filter(mentions, customer__isnull=True).values_list("pk", flat=True))
    emptied = dict.fromkeys(TEXTS, "")
    changed = Enquiry.objects.filter(pk__in=keys).update(**emptied)
    apps.get_model("website", "EnquiryHistory").objects.filter(pgh_obj_id__in=keys).update(**emptied)
    return changed


@keeps
def enquiries_without_the_person(subject) -> list[Kept]:
    """The site's own number stays too: with it the same enquiry does not come a second time."""
    reason = "The owner of the apartment is owed how often it was asked about. Nothing in it says who asked."
    return [Kept("Enquiries, without the person", Enquiry.objects.filter(customer__in=subject.ids).count(), reason)]
