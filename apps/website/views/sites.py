"""Pages of websites: all of them, and one."""

from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.core.flags import behind_flag
from apps.website import flags
from apps.website.models import Site


@require_safe
@behind_flag(flags.WEBSITE)
@permission_required("website.view_site", raise_exception=True)
def sites(request):
    """All websites with their state."""
    return render(request, "website/sites.html", {"sites": Site.objects.select_related("profile")})


@require_safe
@behind_flag(flags.WEBSITE)
@permission_required("website.view_site", raise_exception=True)
def site(request, pk):
    """One website."""
    found = get_object_or_404(Site.objects.select_related("profile"), pk=pk)
    return render(request, "website/site.html", {"site": found})
