"""What the templates of every list are given (templates/lists/)."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from apps.core.lists.asked import read
from apps.core.lists.catalogue import Catalogue
from apps.core.lists.page import ListPage, removals


def list_context(found: ListPage) -> dict:
    """The page, its chips, the addresses of the list's parts, and what stands in the way where there are no rows."""
    asked = found.asked
    return {
        "asked": asked,
        "found": found,
        "page": found.page,
        "catalogue": asked.catalogue,
        "urls": addresses(asked.catalogue),
        "chips": asked.chips(),
        "order": asked.catalogue.orders.words(asked.sort),
        "removals": [] if found.page.rows else removals(asked),
    }


def addresses(catalogue: Catalogue) -> dict[str, str]:
    """Where the parts of a list are: its app names them all alike."""
    app = catalogue.route.partition(":")[0]
    names = {name: reverse(f"{app}:{name}") for name in ("list", "counts", "filters")}
    exports = {kind: reverse(f"{app}:export", args=[kind]) for kind in ("csv", "xlsx")}
    return names | exports


def filters_page(request, catalogue: Catalogue):
    """The form of all filters, set as the address says: a popover for htmx, else a page."""
    asked = read(catalogue, request.GET, request.user, request.agency)
    template = "lists/filters_form.html" if request.htmx else "lists/filters.html"
    context = {"asked": asked, "catalogue": catalogue, "urls": addresses(catalogue), "sections": asked.sections()}
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
