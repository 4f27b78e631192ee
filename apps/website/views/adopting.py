"""Adopting a site that was kept by hand: read it, see what its posts are, link, leave, bring in, follow."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.flags import behind_flag
from apps.core.http import once
from apps.core.refusals import NotAllowed, Refused
from apps.imports.actions.run import upload, why_not_import
from apps.listings.models import Listing
from apps.website import flags
from apps.website.adopting.bringing import bring, file_of
from apps.website.adopting.following import follow_all
from apps.website.adopting.linking import leave, link, start_linking, start_reading, take_back, why_not_adopt
from apps.website.adopting.screen import PILES, first_with_anything, page_of, piles
from apps.website.models import Adoption, FoundPost, Site


@behind_flag(flags.WEBSITE)
@require_http_methods(["GET", "POST"])
@once
def adopt(request, pk):
    """The posts of a site in piles; what is asked for all of a pile is sent here."""
    NotAllowed.unless_empty(why_not_adopt(request.user))
    site = get_object_or_404(Site.objects.select_related("profile"), pk=pk)
    if request.method == "POST":
        return _act(request, site)
    adoption = Adoption.objects.filter(site=site).first()
    found = piles(site)
    asked = request.GET.get("show", "")
    shown = asked if asked in PILES else first_with_anything(found)
    context = {
        "site": site,
        "adoption": adoption,
        "piles": found,
        "shown": shown,
        "counts": {pile.key: pile.count for pile in found},
        "page": page_of(site, shown, request.GET.get("page")),
        "may_bring": not why_not_import(request.user),
    }
    return render(request, "website/adopting/adopt.html", context)


@behind_flag(flags.WEBSITE)
@require_safe
def progress(request, pk):
    """How far the job is; at its end the browser goes to the page of the posts."""
    NotAllowed.unless_empty(why_not_adopt(request.user))
    site = get_object_or_404(Site, pk=pk)
    adoption = Adoption.objects.filter(site=site).first()
    if adoption is not None and adoption.is_under_way:
        return render(request, "website/adopting/progress.html", {"site": site, "adoption": adoption})
    response = HttpResponse(status=200 if request.htmx else 204)
    response["HX-Redirect"] = reverse("website:adopt", args=[pk])
    return response


@behind_flag(flags.WEBSITE)
@require_http_methods(["GET", "POST"])
@once
def found(request, pk):
    """One post: choose its listing; or link, leave, bring in, and take that back."""
    NotAllowed.unless_empty(why_not_adopt(request.user))
    post = get_object_or_404(FoundPost.objects.select_related("site__profile"), pk=pk)
    if request.method == "POST":
        return _decide(request, post)
    context = {
        "site": post.site,
        "post": post,
        "proposals": post.proposals.select_related("found_listing"),
        "part": "website/adopting/choose.html",
    }
    response = render(request, context["part"] if request.htmx else "website/adopting/choose_page.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _act(request, site):
    verb, by = request.POST.get("do", ""), request.user
    if verb == "read":
        start_reading(site, by=by)
        return _back(site)
    if verb == "link":
        start_linking(site, by=by)
        return _back(site)
    if verb == "bring":
        return _bring(request, site, None)
    if verb != "follow":
        raise Http404
    count, refused = follow_all(site, by=by)
    messages.success(
        request, ngettext("%(n)s listing is followed", "%(n)s listings are followed", count) % {"n": count}
    )
    if refused:
        words = ngettext("%(n)s waits: %(first)s", "%(n)s wait, the first: %(first)s", len(refused))
        messages.warning(request, words % {"n": len(refused), "first": refused[0]})
    return _back(site, "linked")


def _decide(request, post):
    verb = request.POST.get("do", "")
    if verb == "link":
        listing = _listing(request)
        link(post, listing, by=request.user)
        messages.success(request, _("Linked with %(listing)s. Nothing was sent") % {"listing": listing.listing_id})
    elif verb == "leave":
        leave(post, by=request.user)
        messages.success(request, _("Left as it is"))
    elif verb == "back":
        take_back(post, by=request.user)
        messages.success(request, _("Taken back"))
    elif verb == "bring":
        return _bring(request, post.site, post)
    else:
        raise Http404
    return _back(post.site, request.POST.get("show", ""))


def _listing(request) -> Listing:
    said = request.POST.get("listing", "").replace("\x00", "").strip()
    listing = Listing.objects.visible_to(request.user).filter(listing_id__iexact=said[:40]).first()
    if listing is None:
        raise Refused(_("There is no listing “%(reference)s”. Enter its reference.") % {"reference": said[:40]})
    return listing


def _bring(request, site, post):
    """Hand posts to the import engine, where each row is checked before it comes in."""
    NotAllowed.unless_empty(why_not_import(request.user))
    posts = bring(site, post, by=request.user)
    run = upload(file_of(site, posts), source=f"website-{site.pk}", by=request.user)
    return redirect("imports:run", run.pk)


def _back(site, show=""):
    page = reverse("website:adopt", args=[site.pk])
    return redirect(f"{page}?show={show}" if show in PILES else page)
