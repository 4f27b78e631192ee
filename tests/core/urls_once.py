"""Addresses that only the tests of `once` use."""

from django.http import HttpResponse
from django.urls import include, path

from apps.accounts.models import Team
from apps.core.http import once
from apps.core.refusals import Conflict, NotAllowed, Refused


@once
def add_team(request):
    """Add a team, and answer 422 without a name."""
    team = Team.objects.create(name=request.POST.get("name") or "nameless")
    if not request.POST.get("name"):
        return HttpResponse("Enter a name.", status=422)
    return HttpResponse(f"Added {team.pk}")


@once
def refuse(request):
    """Write, then refuse in the way that the form asks for."""
    Team.objects.create(name="half written")
    kinds = {"refused": Refused, "forbidden": NotAllowed, "conflict": Conflict}
    raise kinds[request.POST["kind"]]("Not today.")


urlpatterns = [path("add/", add_team), path("refuse/", refuse), path("", include("config.urls"))]
