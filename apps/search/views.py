"""Search and jump to: the palette's answers, and the same as a page."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from apps.search.finding import find, opened

IN_PALETTE, ON_PAGE = 5, 20


@require_safe
def search(request):
    """What `q` finds; without it the pages in `opened` (addresses, the last first). htmx gets the options alone."""
    text = request.GET.get("q", "").strip()
    is_palette = bool(request.htmx)
    found = (
        find(request, text, IN_PALETTE if is_palette else ON_PAGE)
        if text
        else opened(request, request.GET.get("opened", "").split())
    )
    template = "search/options.html" if is_palette else "search/page.html"
    response = render(request, template, {"found": found})
    patch_vary_headers(response, ["HX-Request"])
    return response
