"""One page: 25 listings of the table, newest change first, in a plain table."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import path

from apps.listings.models import Listing


@login_required(login_url="/")
def listings(request):
    """The view that every Django tutorial ends with."""
    rows = Listing.objects.order_by("-modification_timestamp", "-id")[:25]
    return render(request, "minimal.html", {"rows": rows})


urlpatterns = [path("", listings)]
