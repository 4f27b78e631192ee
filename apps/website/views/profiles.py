"""Pages of profiles: all of them, one, and the editor."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.core.flags import behind_flag
from apps.core.http import once, refusals_on
from apps.core.refusals import Conflict, NotAllowed
from apps.website import flags
from apps.website.actions.profile import add_profile, edit_profile, why_not_edit_profile
from apps.website.actions.site import why_not_manage_sites
from apps.website.forms.site import ProfileForm
from apps.website.models import Profile
from apps.website.profiles.spec import FIELD_FORMAT, FORMAT, VALUES


@require_safe
@behind_flag(flags.WEBSITE)
def profiles(request):
    """Every kind of site."""
    NotAllowed.unless_empty(why_not_manage_sites(request.user))
    return render(request, "website/profiles.html", {"profiles": Profile.objects.all()})


@require_http_methods(["GET", "POST"])
@behind_flag(flags.WEBSITE)
@once
def new(request):
    """Write a profile, beginning with a copy of another one."""
    NotAllowed.unless_empty(why_not_manage_sites(request.user))
    copied = Profile.objects.filter(slug=request.GET.get("from", "companion")).first()
    form = ProfileForm(request.POST or None, initial={"spec": copied.spec if copied else {}})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            sent = form.cleaned_data
            add_profile(sent["slug"], sent["name"], sent["spec"], by=request.user)
        if form.is_valid():
            messages.success(request, _("The profile is kept"))
            return redirect("website:profiles")
    return _editor(request, form, None, copied=copied)


@require_http_methods(["GET", "POST"])
@behind_flag(flags.WEBSITE)
@once
def profile(request, slug):
    """A profile: to read where it was shipped, to change where somebody wrote it."""
    NotAllowed.unless_empty(why_not_manage_sites(request.user))
    found = get_object_or_404(Profile, slug=slug)
    form = ProfileForm(request.POST or None, instance=get_object_or_404(Profile, slug=slug))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            with refusals_on(form):
                edit_profile(found, sent["name"], sent["spec"], version=sent["version"] or 0, by=request.user)
        except Conflict:
            form.add_error(None, _("Somebody changed this profile since you opened it. Open it again and compare."))
            return _editor(request, form, found, status=409)
        if form.is_valid():
            messages.success(request, _("The profile is kept. Sites of this kind follow by themselves"))
            return redirect("website:profiles")
    return _editor(request, form, found)


def _editor(request, form, found, status=None, copied=None):
    why_not = why_not_edit_profile(found, request.user) if found else []
    if why_not:
        form.fields["spec"].widget.attrs["readonly"] = True
    context = {
        "form": form,
        "profile": found,
        "copied": copied,
        "why_not": why_not,
        "format": FORMAT.items(),
        "field_format": FIELD_FORMAT.items(),
        "values": VALUES,
    }
    return render(request, "website/profile.html", context, status=status or (422 if form.is_bound else 200))
