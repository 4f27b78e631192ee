"""Pages of websites: all of them, one, adding and editing it, testing it, and its key for enquiries."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.saved_views import saved_views
from apps.accounts.views.conflicts import differences
from apps.core.flags import behind_flag
from apps.core.http import once, refusals_on
from apps.core.refusals import Conflict, NotAllowed
from apps.website import flags
from apps.website.actions.reconcile import ask_for, why_not_reconcile
from apps.website.actions.site import add_site, edit_site, make_intake_key, why_not_manage_sites
from apps.website.adopting.linking import why_not_adopt
from apps.website.breaker import is_open
from apps.website.forms.site import SiteForm
from apps.website.models import Polling, Site
from apps.website.site_check import check_site, is_fit
from apps.website.site_figures import all_figures, figures, is_under_way, last_compared
from apps.website.views.trouble import troubled

IN_PAGE = 6  # of what is in trouble; the rest is a click away
may_see = permission_required("website.view_site", raise_exception=True)


@require_safe
@behind_flag(flags.WEBSITE)
@may_see
def sites(request):
    """All websites with their state."""
    sites, counted = list(Site.objects.select_related("profile")), all_figures()
    for one in sites:
        one.figures = counted[one.pk]
    trouble = sum(one.figures["trouble"] for one in sites if one.is_active)
    context = {"sites": sites, "trouble": trouble, "why_not": why_not_manage_sites(request.user)}
    return render(request, "website/sites.html", context)


@require_safe
@behind_flag(flags.WEBSITE)
@may_see
def site(request, pk):
    """One website; htmx gets its queue alone, which looks again while it is worked off."""
    found = _site(pk)
    if request.htmx.target == "queue":
        response = render(request, "website/queue.html", _queue(request, found))
    else:
        response = _page(request, found)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_POST
@behind_flag(flags.WEBSITE)
@may_see
def test(request, pk):
    """Try everything that publishing needs, and say what was found. Nothing is changed, here or there."""
    found = _site(pk)
    findings = check_site(found)
    return _page(request, found, findings=findings, is_fit=is_fit(findings))


@require_POST
@behind_flag(flags.WEBSITE)
@may_see
@once
def reconcile(request, pk):
    """Read the site from end to end now."""
    found = _site(pk)
    ask_for(found, by=request.user)
    messages.success(request, _("%(site)s is being compared") % {"site": found})
    return redirect(f"{found.get_absolute_url()}?busy=1")


@require_http_methods(["GET", "POST"])
@behind_flag(flags.WEBSITE)
@once
def new(request):
    """Add a website."""
    NotAllowed.unless_empty(why_not_manage_sites(request.user))
    form = SiteForm(request.POST or None, views=_views(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            added = add_site(form.values(), form.cleaned_data["password"], by=request.user)
        if form.is_valid():
            messages.success(request, _("%(site)s is added. Test it before you publish") % {"site": added.name})
            return redirect(added)
    context = {"form": form, "site": None, "conflict": []}
    return render(request, "website/edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@behind_flag(flags.WEBSITE)
@once
def edit(request, pk):
    """Change a website."""
    NotAllowed.unless_empty(why_not_manage_sites(request.user))
    found, conflict = _site(pk), []
    form = SiteForm(request.POST or None, instance=_site(pk), views=_views(request))
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                sent = {"version": form.cleaned_data["version"] or 0, "password": form.cleaned_data["password"]}
                edit_site(found, form.values(), by=request.user, **sent)
        except Conflict as refusal:
            conflict = differences(form, refusal.current)
        if form.is_valid() and not conflict:
            messages.success(request, _("%(site)s is saved") % {"site": form.cleaned_data["name"]})
            return redirect(found)
    context = {"form": form, "site": found, "conflict": conflict}
    return render(request, "website/edit.html", context, status=409 if conflict else 422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@behind_flag(flags.WEBSITE)
def key(request, pk):
    """Make the key that signs the site's enquiries. It is shown once, on the page that made it.

    Not `@once`, which keeps the answer: a second click makes another key, and the answer shows the one that works.
    """
    NotAllowed.unless_empty(why_not_manage_sites(request.user))
    found = _site(pk)
    made = make_intake_key(found, by=request.user) if request.method == "POST" else ""
    response = render(request, "website/key.html", {"site": found, "key": made})
    response["Cache-Control"] = "no-store"
    return response


def _page(request, found, **more):
    context = {"why_not": why_not_manage_sites(request.user), "polling": Polling.objects.filter(site=found).first()}
    context["may_adopt"] = not why_not_adopt(request.user)
    return render(request, "website/site.html", _queue(request, found) | context | more)


def _queue(request, found) -> dict:
    return {
        "site": found,
        "figures": figures(found),
        "is_busy": bool(request.GET.get("busy")) and is_open(found) and is_under_way(found),
        "compared": last_compared(found),
        "rows": troubled(request.user, found)[:IN_PAGE],
        "may_retry": request.user.has_perm("website.retry_placement"),
        "may_compare": not why_not_reconcile(found, request.user),
    }


def _site(pk) -> Site:
    return get_object_or_404(Site.objects.select_related("profile"), pk=pk)


def _views(request) -> list:
    return [view for view in saved_views(request) if view.list_key == "listings"]
