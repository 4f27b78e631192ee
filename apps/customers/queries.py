"""Questions that screens ask of customers, in the trade's words."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from apps.accounts.models import Agency
from apps.accounts.models.agency import CustomerVisibility
from apps.customers.lookups import OPEN_STAGES


def visible_rows(user) -> Q:
    """Which customers this person may know of, as a condition on the customer's own columns.

    New customers whom nobody took yet are seen by every agent of their team, or of all teams where they have none:
    somebody must be able to take them.
    """
    if not user.is_active or not user.has_perm("customers.view_customer"):
        return Q(pk__in=[])
    if user.has_perm("customers.view_any_customer"):
        return Q()
    visibility = (user.agency or Agency.current()).customer_visibility
    if visibility == CustomerVisibility.EVERYONE:
        return Q()
    waiting = Q(agent__isnull=True, waiting_since__isnull=False)
    waiting &= Q(team__isnull=True) | Q(team=user.team_id) if user.team_id else Q(team__isnull=True)
    seen = Q(agent=user.pk) | waiting
    if visibility == CustomerVisibility.TEAM and user.team_id:
        seen |= Q(team=user.team_id)
    return seen


class CustomerQuerySet(models.QuerySet):
    """Customers. `visible_to` is the first call of every view that shows one."""

    def here(self):
        """Customers of today: not merged into another, not erased."""
        return self.filter(merged_into__isnull=True, erased_at__isnull=True)

    def visible_to(self, user):
        """Rows that this person may know of, by role and by the agency's setting (own, team, everyone)."""
        return self.here().filter(visible_rows(user))

    def open(self):
        """Those for whom there should be a next step."""
        return self.filter(stage__in=OPEN_STAGES)

    def waiting(self):
        """New customers whom nobody took yet, the longest waiting first."""
        return self.filter(waiting_since__isnull=False).order_by("waiting_since", "pk")


class TaskQuerySet(models.QuerySet):
    """Tasks."""

    def visible_to(self, user):
        """One's own tasks, and those of customers whom this person may know of."""
        if not user.is_active or not user.has_perm("customers.view_customer"):
            return self.none()
        # EXISTS looks up the customer of each task; IN would find all customers of this person first.
        customers = self.model._meta.get_field("customer").related_model.objects
        theirs = customers.visible_to(user).filter(pk=OuterRef("customer"))
        here = Q(customer__isnull=True) | Exists(theirs.order_by())
        if user.has_perm("customers.view_any_customer"):
            return self.filter(here)
        return self.filter(here & (Q(customer__isnull=False) | Q(assignee=user.pk) | Q(created_by=user.pk)))

    def to_do(self):
        """Not done yet."""
        return self.filter(done_at__isnull=True)

    def late(self):
        """Not done, and the day or the time has passed."""
        now = timezone.now()
        return self.to_do().filter(Q(due_on__lt=timezone.localdate(now)) | Q(due_at__lt=now))

    def due_for(self, user):
        """What this person should do today, late ones first; each with its customer."""
        rows = self.visible_to(user).to_do().filter(assignee=user.pk, due_on__lte=timezone.localdate())
        return rows.select_related("customer")

    def due_and_late(self) -> dict[str, int]:
        """How many are due today, and how many are late."""
        now = timezone.now()
        today = timezone.localdate(now)
        is_late = Q(due_on__lt=today) | Q(due_at__lt=now)
        return self.aggregate(due=Count("pk", filter=Q(due_on=today)), late=Count("pk", filter=is_late))
