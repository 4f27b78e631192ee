"""What a person has to look at on the websites, and trying it again."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from apps.core.flags import behind_flag
from apps.core.http import once
from apps.website import flags
from apps.website.actions.publish import retry, retry_all
from apps.website.models import Placement, Site
from apps.website.panel import mended_at
from apps.website.policy import why_not_touch
from apps.website.states import State, Trouble

PAGE = 100


@behind_flag(flags.WEBSITE)
@require_safe
@permission_required("website.view_site", raise_exception=True)
def trouble(request):
    """Listings that a site refused, or that were changed or removed there; the latest first."""
    site = _asked_site(request)
    found = troubled(request.user, site)[: PAGE + 1]
    context = {
        "rows": found[:PAGE],
        "has_more": len(found) > PAGE,
        "site": site,
        "sites": Site.objects.active(),
        "shows_sites": True,
        "may_retry": request.user.has_perm("website.retry_placement"),
        "is_busy": bool(request.GET.get("busy")) and _is_under_way(),
    }
    template = "website/trouble_list.html" if request.htmx.target == "trouble" else "website/trouble.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@behind_flag(flags.WEBSITE)
@require_POST
@permission_required("website.retry_placement", raise_exception=True)
@once
def retry_one(request, pk):
    """Try one placement again."""
    rows = Placement.objects.visible_to(request.user).select_related("site", "listing")
    placement = get_object_or_404(rows, pk=pk)
    retry(placement, by=request.user)
    messages.success(
        request,
        _("%(listing)s is tried again on %(site)s") % {"listing": placement.listing.listing_id, "site": placement.site},
    )
    return _back(request)


@behind_flag(flags.WEBSITE)
@require_POST
@permission_required("website.retry_placement", raise_exception=True)
@once
def retry_everything(request):
    """Try everything again that failed, of one site or of all."""
    count = retry_all(_asked_site(request), by=request.user)
    messages.success(request, ngettext("%(n)s is tried again", "%(n)s are tried again", count) % {"n": count})
    return _back(request)


def troubled(user, site: Site | None = None) -> list[Placement]:
    """What is in trouble on one site or on all, the latest first, at most PAGE and one, each with what helps."""
    rows = Placement.objects.visible_to(user).in_trouble()
    rows = rows.filter(site=site) if site else rows.filter(site__is_active=True)
    rows = rows.select_related("site", "listing__list_agent").defer("listing__search_vector").order_by("-state_since")
    found = list(rows[: PAGE + 1])
    for row in found:
        row.fix_url = mended_at(row.listing, row)
        row.compare_url = reverse("website:differences", args=[row.listing.listing_id, row.site_id])
        row.may_fix = row.state == State.HELD or not why_not_touch(row.listing, user)
        row.is_changed = row.state == State.CHANGED
        row.says = row.failed_in_words if row.state == State.FAILED else row.shown.label
        row.tone = "late" if row.trouble_kind == Trouble.TEMPORARY or row.state == State.HELD else "worse"
    return found


def _is_under_way() -> bool:
    """Whether something goes on; what waits for a site that is left alone does not."""
    is_asked = Q(site__probe_at__isnull=True) | Q(site__probe_at__lte=timezone.now())
    return Placement.objects.under_way().filter(is_asked, site__is_active=True).exists()


def _asked_site(request) -> Site | None:
    key = request.POST.get("site") or request.GET.get("site") or ""
    return get_object_or_404(Site, pk=int(key)) if key.isdecimal() and len(key) < 19 else None


def _back(request):
    site = request.POST.get("site", "")
    return redirect(f"{reverse('website:trouble')}?busy=1" + (f"&site={site}" if site.isdecimal() else ""))
