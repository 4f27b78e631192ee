"""Questions that screens ask of requirements, in the trade's words."""

from django.db import models

from apps.customers.models import Customer


class RequirementQuerySet(models.QuerySet):
    """Requirements. `visible_to` is the first call of every view that shows one."""

    def visible_to(self, user):
        """Requirements of customers whom this person may see."""
        if not user.has_perm("matching.view_requirement"):
            return self.none()
        return self.filter(customer__in=Customer.objects.visible_to(user).order_by().values("pk"))

    def open(self):
        """Of people who still look, and are still customers."""
        return self.filter(is_active=True, customer__merged_into=None, customer__erased_at=None)
