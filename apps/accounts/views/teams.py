"""The agency's teams on one page."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.actions import team as actions
from apps.accounts.models import Team
from apps.core.http import once
from apps.core.refusals import NotAllowed


@require_GET
def teams(request):
    """Each team with its members, a new name, and a way to remove it while it is empty."""
    NotAllowed.unless_empty(actions.why_not_manage_teams(request.user))
    members = Count("members", filter=Q(members__is_active=True))
    return render(request, "accounts/teams.html", {"teams": Team.objects.annotate(count=members).order_by("name")})


@require_POST
@once
def add(request):
    """A new team."""
    team = actions.add_team(request.POST.get("name", "")[:80], by=request.user)
    messages.success(request, _("%(team)s is added") % {"team": team})
    return redirect("accounts:teams")


@require_POST
@once
def rename(request, pk):
    """Another name for a team."""
    actions.rename_team(get_object_or_404(Team, pk=pk), request.POST.get("name", "")[:80], by=request.user)
    messages.success(request, _("The team has its new name"))
    return redirect("accounts:teams")


@require_POST
@once
def remove(request, pk):
    """Remove an empty team."""
    team = get_object_or_404(Team, pk=pk)
    actions.remove_team(team, by=request.user)
    messages.success(request, _("%(team)s is removed") % {"team": team})
    return redirect("accounts:teams")
