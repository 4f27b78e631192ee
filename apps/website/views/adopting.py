"""Adopting a site that was kept by hand: read it, see what its posts are, link, leave, bring in, follow."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from apps.core.flags import behind_flag
from apps.core.http import once
from apps.core.refusals import NotAllowed, Refused
from apps.imports.actions.run import upload, why_not_import
from apps.listings.models import Listing
from apps.website import flags
from apps.website.adopting import screen
from apps.website.adopting.bringing import bring, file_of
from apps.website.adopting.following import start_following_all
from apps.website.adopting.linking import (
    ask_for_photos,
    bring_photos,
    leave,
    link,
    start_linking,
    start_reading,
    take_back,
    why_not_adopt,
)
from apps.website.models import Adoption, FoundPost, Site
from apps.website.profiles.spec import read_spec


@behind_flag(flags.WEBSITE)
@require_http_methods(["GET", "POST"])
@once
def adopt(request, pk):
    """The posts of a site in piles; what is asked for all of a pile is sent here."""
    NotAllowed.unless_empty(why_not_adopt(request.user))
    site = get_object_or_404(Site.objects.select_related("profile"), pk=pk)
    if request.method == "POST":
        return _act(request, site)
    adoption, found = Adoption.objects.filter(site=site).first(), screen.piles(site)
    asked, counts = request.GET.get("show", ""), {pile.key: pile.count for pile in found}
    shown = asked if asked in screen.PILES else screen.first_with_anything(found)
    context = {
        "site": site,
        "adoption": adoption,
        "what_is_read": screen.what_is_read(site),
        "piles": found,
        "shown": shown,
        "counts": counts,
        "shown_count": counts[shown],
        "all_count": sum(counts.values()),
        "page": screen.page_of(site, shown, request.GET.get("page")),
        "to_follow": screen.to_follow(site) if shown == "linked" else 0,
        "coming": screen.coming_photos(site) if shown == "linked" else None,
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
    return _go_on(request, _back(site, request.GET.get("show", "")).url)


@behind_flag(flags.WEBSITE)
@require_http_methods(["GET", "POST"])
@once
def photos(request, pk):
    """How far the photos are; at their end the browser goes to what is linked. A POST asks for them at once."""
    NotAllowed.unless_empty(why_not_adopt(request.user))
    site = get_object_or_404(Site, pk=pk)
    if request.method == "POST":
        ask_for_photos(site, by=request.user)
        return _back(site, "linked")
    coming = screen.coming_photos(site)
    if coming is not None:
        return render(request, "website/adopting/photos.html", {"site": site, "coming": coming})
    return _go_on(request, _back(site, "linked").url)


@behind_flag(flags.WEBSITE)
@require_http_methods(["GET", "POST"])
@once
def found(request, pk):
    """One post: choose its listing; or link, leave, bring in, and take that back."""
    NotAllowed.unless_empty(why_not_adopt(request.user))
    post = get_object_or_404(FoundPost.objects.select_related("site__profile"), pk=pk)
    if request.method != "POST":
        return _choose(request, post)
    if "listing_text" not in request.POST:
        return _decide(request, post)
    try:
        response = _decide(request, post)
    except Refused as refusal:
        if refusal.status != Refused.status:
            raise
        return _choose(request, post, error=" ".join(refusal.sentences))
    return HttpResponseClientRedirect(response.url) if request.htmx else response


@behind_flag(flags.WEBSITE)
@require_safe
def listings(request, pk):
    """Listings that the typed text may mean, for the choice of a post's listing."""
    NotAllowed.unless_empty(why_not_adopt(request.user))
    post = get_object_or_404(FoundPost.objects.select_related("site"), pk=pk)
    text = " ".join(request.GET.get("listing_text", "").replace("\x00", "").split())[:100]
    found = screen.listings_called(text, post.site, by=request.user)
    return render(request, "website/adopting/options.html", {"found": found, "text": text})


def _choose(request, post, error=""):
    context = {
        "site": post.site,
        "post": post,
        "says": screen.says_of(post, read_spec(post.site.profile.spec)),
        "proposals": post.proposals.select_related("found_listing"),
        "error": error,
        "typed": request.POST.get("listing_text", ""),
        "part": "website/adopting/choose.html",
    }
    template = context["part"] if request.htmx else "website/adopting/choose_page.html"
    response = render(request, template, context, status=Refused.status if error else 200)
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
    if verb == "follow":
        start_following_all(site, by=by)
        return _back(site, "linked")
    raise Http404


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
    elif verb == "photos":
        bring_photos(post, by=request.user)
    elif verb == "bring":
        return _bring(request, post.site, post)
    else:
        raise Http404
    return _back(post.site, request.POST.get("show", ""))


def _listing(request) -> Listing:
    said = next((text for name in ("pick", "listing", "listing_text") if (text := request.POST.get(name))), "")
    said = said.replace("\x00", "").strip()
    listing = Listing.objects.visible_to(request.user).filter(listing_id__iexact=said[:40]).first()
    if listing is None:
        raise Refused(
            _("No listing has the reference “%(text)s”. Choose one of the suggestions.") % {"text": said[:40]}
        )
    return listing


def _bring(request, site, post):
    """Hand posts to the import engine, where each row is checked before it comes in."""
    NotAllowed.unless_empty(why_not_import(request.user))
    posts = bring(site, post, by=request.user)
    run = upload(file_of(site, posts), source=f"website-{site.pk}", by=request.user)
    return redirect("imports:run", run.pk)


def _go_on(request, address):
    """What was waited for is done: the browser opens the page itself."""
    response = HttpResponse(status=200 if request.htmx else 204)
    response["HX-Redirect"] = address
    return response


def _back(site, show=""):
    page = reverse("website:adopt", args=[site.pk])
    return redirect(f"{page}?show={show}" if show in screen.PILES else page)
