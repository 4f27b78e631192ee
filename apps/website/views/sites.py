"""Pages of websites: all of them, one, adding and editing it, testing it, and its key for enquiries."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.saved_views import saved_views
from apps.accounts.views.conflicts import differences
from apps.core.flags import behind_flag
from apps.core.http import once, refusals_on
from apps.core.refusals import Conflict, NotAllowed
from apps.website import flags
from apps.website.actions.site import add_site, edit_site, make_intake_key, why_not_manage_sites
from apps.website.check import check_site, is_fit
from apps.website.forms.site import SiteForm
from apps.website.models import Site
from apps.website.site_figures import figures

may_see = permission_required("website.view_site", raise_exception=True)


@require_safe
@behind_flag(flags.WEBSITE)
@may_see
def sites(request):
    """All websites with their state."""
    context = {"sites": Site.objects.select_related("profile"), "why_not": why_not_manage_sites(request.user)}
    return render(request, "website/sites.html", context)


@require_safe
@behind_flag(flags.WEBSITE)
@may_see
def site(request, pk):
    """One website."""
    return _page(request, _site(pk))


@require_POST
@behind_flag(flags.WEBSITE)
@may_see
def test(request, pk):
    """Try everything that publishing needs, and say what was found. Nothing is changed, here or there."""
    found = _site(pk)
    findings = check_site(found)
    return _page(request, found, findings=findings, is_fit=is_fit(findings))


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
    context = {"site": found, "figures": figures(found), "why_not": why_not_manage_sites(request.user), **more}
    return render(request, "website/site.html", context)


def _site(pk) -> Site:
    return get_object_or_404(Site.objects.select_related("profile"), pk=pk)


def _views(request) -> list:
    return [view for view in saved_views(request) if view.list_key == "listings"]
