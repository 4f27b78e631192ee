"""Records that look like one person: the warning while typing, the banner on a page, the list."""

from django.contrib import messages
from django.db import models
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.core import keyset
from apps.core.http import once
from apps.core.refusals import NotAllowed
from apps.customers import duplicates as finding
from apps.customers.actions import duplicates as actions
from apps.customers.actions.merge import why_not_merge, why_not_undo
from apps.customers.models import Customer, Merge

MOST_ASKED = 4  # phones and addresses of one form
PAGE = 25
ORDER = keyset.Order(
    (keyset.Key("score", models.IntegerField()), keyset.Key("id", models.BigIntegerField())), is_descending=True
)


def _visible(request, reference):
    rows = Customer.objects.visible_to(request.user).select_related("agent")
    return get_object_or_404(rows, reference=reference.replace("\x00", ""))


def _why_not_look(by) -> list[str]:
    return [] if by.has_perm("customers.view_customer") else [_("Your role does not see customers. Ask a manager.")]


@require_safe
def already_here(request):
    """While a phone or an e-mail is typed: who has it already. Only whole numbers and addresses find anybody."""
    NotAllowed.unless_empty(_why_not_look(request.user))
    besides = Customer.objects.filter(reference=request.GET.get("besides", "").replace("\x00", "")).first()
    phones, emails = (
        [text.replace("\x00", "") for text in request.GET.getlist(name) if text.strip()][:MOST_ASKED]
        for name in ("phone", "email")
    )
    found = finding.already_here(phones, emails, request.user, besides=besides)
    return render(request, "customers/already_here.html", {"found": found})


@require_safe
def look_alikes(request, reference):
    """For the customer's page: other records of perhaps the same person, and what was merged into this one."""
    customer = _visible(request, reference)
    alike = finding.look_alikes(customer, request.user)
    merges = Merge.objects.filter(winner=customer, undone_at=None).select_related("winner", "loser", "by")[:1]
    context = {
        "customer": customer,
        "alike": alike,
        "first": alike[0] if alike else None,
        "count": len(alike) + 1,
        "merged": [(one, why_not_undo(one, request.user)) for one in merges],
    }
    return render(request, "customers/look_alikes.html", context)


@require_safe
def duplicates(request):
    """All pairs that look alike and of which this person may see both, the likeliest first."""
    NotAllowed.unless_empty(_why_not_look(request.user))
    is_apart = request.GET.get("apart") == "1"
    pairs = finding.visible_pairs(request.user).filter(dismissed_at__isnull=not is_apart)
    if reference := request.GET.get("of", "").replace("\x00", ""):
        pairs = pairs.filter(models.Q(left__reference=reference) | models.Q(right__reference=reference))
    page = keyset.asked_page(pairs, ORDER, PAGE, request.GET)
    context = {
        "page": page,
        "rows": [_row(pair, request.user) for pair in page.rows],
        "is_apart": is_apart,
        "of": reference,
        "next": keyset.encode(page.last) if page.has_next else "",
        "previous": keyset.encode(page.first) if page.has_previous else "",
    }
    return render(request, "customers/duplicates.html", context)


def _row(pair, by) -> dict:
    why_not = why_not_merge(pair.left, pair.right, by)
    return {"pair": pair, "words": finding.in_words(pair.likeness), "why_not": why_not}


@require_POST
@once
def tell_apart(request, reference, other):
    """These two are not the same person; with `again` they may be after all."""
    left, right = _visible(request, reference), _visible(request, other)
    address = reverse("customers:tell_apart", args=[left.reference, right.reference])
    if request.POST.get("again") or request.GET.get("again"):
        actions.take_back(left, right, by=request.user)
        messages.success(request, _("Back among records that look alike"))
    else:
        actions.dismiss(left, right, by=request.user)
        messages.success(request, _("Noted: two different people"), extra_tags=f"undo:{address}?again=1")
    return redirect("customers:duplicates")
