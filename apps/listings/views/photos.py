"""The photos of a listing: the page, uploads, order, captions, and the pictures themselves."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from apps.core.http import once
from apps.core.refusals import Conflict
from apps.listings import photo_files
from apps.listings.actions import photo as actions
from apps.listings.lookups import MediaCategory, PhotoState
from apps.listings.models import Photo
from apps.listings.pictures import SIZE_NAMES
from apps.listings.policy import why_not_manage_photos
from apps.listings.views.pages import header, visible_listing

STEPS = {"earlier": -1, "later": 1}
YEAR = 365 * 24 * 3600
SIGNED_FOR = 240  # seconds; less than the storage's own limit (querystring_expire)


@require_safe
def photos(request, listing_id):
    """All photos of a listing, with what this person may do to them; htmx gets the list alone."""
    listing = visible_listing(request, listing_id)
    shown = list(listing.photos.shown())
    context = header(request, listing, "photos") | {
        "photos": shown,
        "order": ",".join(str(photo.pk) for photo in shown),
        "why_not": why_not_manage_photos(listing, request.user),
        "is_processing": any(photo.state == PhotoState.PROCESSING for photo in shown),
        "categories": MediaCategory.choices,
    }
    is_part = request.htmx.target == "photos"
    response = render(request, "listings/photos_list.html" if is_part else "listings/photos.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_POST
@once
def add(request, listing_id):
    """Take the files of the field `photos`: JSON for a script that sends one at a time, else back to the page."""
    listing = visible_listing(request, listing_id)
    taken, sentences = actions.add_photos(listing, request.FILES.getlist("photos"), by=request.user)
    if not taken and not sentences:
        sentences = [_("No file arrived. Choose at least one picture.")]
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        answer = {"photos": [photo.pk for photo in taken], "sentences": sentences}
        return JsonResponse(answer, status=201 if taken else 422)
    if taken:
        count = len(taken)
        messages.success(request, ngettext("%(count)d photo added", "%(count)d photos added", count) % {"count": count})
    for sentence in sentences:
        messages.error(request, sentence)
    return redirect("listings:photos", listing.listing_id)


@require_POST
@once
def order(request, listing_id):
    """Put the photos into the order of the ids in `order`; `seen` is the order before the drag."""
    listing = visible_listing(request, listing_id)
    wanted, seen = _ids(request.POST.get("order", "")), _ids(request.POST.get("seen", ""))
    try:
        actions.reorder_photos(listing, wanted, seen=seen, by=request.user)
    except Conflict as conflict:
        messages.error(request, " ".join(conflict.sentences))
    return redirect("listings:photos", listing.listing_id)


@require_POST
@once
def move(request, pk):
    """One place earlier or later."""
    photo = _photo(request, pk)
    actions.move_photo(photo, STEPS.get(request.POST.get("direction"), 0), by=request.user)
    return _back_to(photo)


@require_POST
@once
def make_first(request, pk):
    """Show this photo first."""
    photo = _photo(request, pk)
    actions.set_primary(photo, by=request.user)
    return _back_to(photo)


@require_POST
@once
def describe(request, pk):
    """Caption, and photo or floor plan."""
    photo = _photo(request, pk)
    caption, category = request.POST.get("caption", ""), request.POST.get("media_category", "")
    actions.describe_photo(photo, caption=caption, media_category=category, by=request.user)
    messages.success(request, _("Caption saved"))
    return _back_to(photo)


@require_POST
@once
def remove(request, pk):
    """Take the photo out, with Undo."""
    photo = _photo(request, pk)
    actions.remove_photo(photo, by=request.user)
    undo = reverse("listings:photo_restore", args=[photo.pk])
    messages.success(request, _("Photo removed"), extra_tags=f"undo:{undo}")
    return redirect("listings:photos", photo.listing.listing_id)


@require_POST
@once
def restore(request, pk):
    """Bring a removed photo back."""
    photo = _photo(request, pk)
    actions.restore_photo(photo, by=request.user)
    return _back_to(photo)


@require_safe
def picture(request, name, size):
    """One size of a photo, to those who may see its listing: streamed from disk, or redirected to a signed address."""
    visible = Photo.objects.shown().visible_to(request.user)
    if size not in SIZE_NAMES or not visible.filter(name=name).exists():
        raise Http404
    address = photo_files.signed_address(name, size)
    if address:
        response = HttpResponseRedirect(address)
        response["Cache-Control"] = f"private, max-age={SIGNED_FOR}"
        return response
    try:
        response = FileResponse(photo_files.open_size(name, size), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    response["Content-Disposition"] = f'inline; filename="{size}.webp"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _photo(request, pk) -> Photo:
    photos = Photo.objects.visible_to(request.user).select_related("listing__list_agent")
    return get_object_or_404(photos, pk=pk)


def _back_to(photo):
    return HttpResponseRedirect(f"{reverse('listings:photos', args=[photo.listing.listing_id])}#photo-{photo.pk}")


def _ids(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.isdecimal() and len(part) < 19]
