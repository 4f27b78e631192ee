"""Enquiries: who may know of them, and who is to answer."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from apps.customers.models import Customer


def own_of(user) -> Q:
    """What came for this person: from their customer, or meant for them while nobody knows whose it is."""
    return Q(customer__agent=user.pk) | Q(customer__isnull=True, agent=user.pk)


class EnquiryQuerySet(models.QuerySet):
    """Enquiries. `visible_to` is the first call of every view that shows one."""

    def visible_to(self, user):
        """Those of customers whom this person may know of; while nobody knows whose it is, those that came in for
        them, or for nobody.
        """
        if not user.is_active or not user.has_perm("website.view_enquiry"):
            return self.none()
        known = Q(customer__in=Customer.objects.visible_to(user).order_by())
        if user.has_perm("website.view_any_enquiry"):
            return self.filter(Q(customer__isnull=True) | known)
        return self.filter(known | Q(customer__isnull=True) & (Q(agent=user.pk) | Q(agent__isnull=True)))

    def meant(self):
        """All but spam, wrong numbers and what else was set aside: what is counted as an enquiry."""
        return self.filter(set_aside="")

    def open(self):
        """Not answered yet."""
        return self.filter(answered_at__isnull=True)

    def alike(self, enquiry):
        """Open ones of the very same words as this, from whomever: a machine asks so, and somebody impatient."""
        return self.open().filter(text=enquiry.text).exclude(text="").exclude(pk=enquiry.pk)

    def set_aside_with(self, enquiry):
        """What was set aside by the same press of the same button; nothing where it was not."""
        pressed = {"answered_at": enquiry.answered_at, "answered_by": enquiry.answered_by_id}
        return self.filter(set_aside=enquiry.set_aside, **pressed).exclude(set_aside="")

    def late(self, before: datetime):
        """Not answered, taken in before that moment, and not passed on yet; the longest waiting first."""
        return self.open().filter(escalated_at__isnull=True, received_at__lte=before).order_by("received_at", "pk")

    def to_answer(self, user):
        """What waits for this person: their own, what nobody looks after, and what was passed to the team."""
        free = Q(customer__isnull=False, customer__agent__isnull=True) | Q(customer__isnull=True, agent__isnull=True)
        passed_on = Q(escalated_at__isnull=False)
        return self.open().visible_to(user).filter(own_of(user) | free | passed_on).order_by("asked_at", "pk")
