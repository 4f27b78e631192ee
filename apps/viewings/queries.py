"""Questions that screens ask of viewings, in the trade's words."""

from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.customers.models import Customer
from apps.listings.models import Listing
from apps.viewings.lookups import CALLED_OFF


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first moment of `first` to the first after `last`, in the zone that is active."""
    start = timezone.make_aware(datetime.combine(first, time()))
    return start, timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))


class ViewingQuerySet(models.QuerySet):
    """Viewings. `visible_to` is the first call of every view that shows one."""

    def visible_to(self, user):
        """Viewings of listings that this person may know of; whom they are for is asked of `guests_for`."""
        if not user.is_active or not user.has_perm("viewings.view_viewing"):
            return self.none()
        return self.filter(Exists(Listing.objects.visible_to(user).filter(pk=OuterRef("listing_id")).order_by()))

    def happening(self):
        """Those that nobody called off."""
        return self.exclude(showing_status__in=CALLED_OFF)

    def between(self, first: date, last: date):
        """Those that start on these days, both included, in the zone that is active."""
        start, end = bounds(first, last)
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def on_day(self, day: date):
        """Those that start on that day."""
        return self.between(day, day)

    def of_agent(self, user):
        """Those that this person shows."""
        return self.filter(agent=user)

    def overlapping(self, start: datetime, end: datetime):
        """Those that take any of the time from `start` to `end`."""
        return self.happening().filter(starts_at__lt=end, ends_at__gt=start)

    def awaiting_feedback(self, now: datetime):
        """Over, and not each customer's word is written down; the oldest first."""
        guest, feedback = (self.model._meta.get_field(name).related_model for name in ("guests", "feedback"))
        heard = feedback.objects.filter(viewing=OuterRef("viewing"), customer=OuterRef("customer"))
        waiting = guest.objects.filter(~Exists(heard), viewing=OuterRef("pk"))
        over = Q(ends_at__lte=now) | Q(done_at__isnull=False)
        return self.happening().filter(over, Exists(waiting)).order_by("starts_at", "pk")

    def with_cards(self, user):
        """With all that a card of the calendar shows: listing, agent, and the customers this person may know of."""
        return (
            self.select_related("listing__unit__place", "agent", "tour")
            .defer("listing__search_vector")
            .prefetch_related(
                models.Prefetch("customers", Customer.objects.visible_to(user), to_attr="known_customers"), "guests"
            )
        )
