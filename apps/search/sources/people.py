"""Colleagues by name, each leading to the listings in their hands."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from apps.accounts.models import User
from apps.search.marks import marked
from apps.search.registry import Asked, Hit, Source

MOST = 3


def find(asked: Asked) -> list[Hit]:
    """Hits for colleagues each of whose names, or whose e-mail, begins with what was typed."""
    condition = Q()
    for word in asked.words:
        condition &= Q(full_name__istartswith=word) | Q(full_name__icontains=f" {word}")
    found = User.objects.staff().filter(condition | Q(email__iexact=asked.text)).order_by("full_name")
    return [_hit(user, asked) for user in found[:MOST]]


def _hit(user: User, asked: Asked) -> Hit:
    is_manager = asked.user.has_perm("accounts.manage_people")
    listings = f"{reverse('listings:list')}?{urlencode({'agent': user.pk})}"
    return Hit(
        reverse("accounts:person", args=[user.pk]) if is_manager else listings,
        marked(user.full_name, asked.words),
        user.job_title or user.get_role_display(),
        initials=user.initials,
        hue=user.hue,
    )


SOURCE = Source("people", "Colleagues", "listings.view_listing", find, order=50)
