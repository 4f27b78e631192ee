"""The agency's settings, flags, and one's own profile."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.actions.agency import edit_agency, why_not_edit_agency
from apps.accounts.actions.flag import flag_row, switch_flag, why_not_switch_flags
from apps.accounts.actions.person import edit_profile
from apps.accounts.forms.agency import AgencyForm
from apps.accounts.forms.flags import FlagForm
from apps.accounts.forms.people import ProfileForm
from apps.accounts.models import Agency, User
from apps.accounts.views.conflicts import differences
from apps.core.flags import DECLARED
from apps.core.http import once, refusals_on
from apps.core.refusals import Conflict, NotAllowed


@require_http_methods(["GET", "POST"])
@once
def agency(request):
    """Every setting on one page."""
    NotAllowed.unless_empty(why_not_edit_agency(request.user))
    form, conflict = AgencyForm(request.POST or None, instance=Agency.current()), []
    if request.method == "POST" and form.is_valid():
        try:
            edit_agency(form.cleaned_data, version=form.cleaned_data["version"], by=request.user)
        except Conflict as refusal:
            conflict = differences(form, refusal.current)
        else:
            messages.success(request, _("The agency's settings are saved"))
            return redirect("accounts:agency")
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "accounts/agency.html", {"form": form, "conflict": conflict}, status=status)


@require_http_methods(["GET", "POST"])
@once
def profile(request):
    """One's own name, look, language and keys."""
    person = User.objects.get(pk=request.user.pk)
    form, conflict = ProfileForm(request.POST or None, instance=person), []
    if request.method == "POST" and form.is_valid():
        try:
            edit_profile(person, form.cleaned_data, version=form.cleaned_data["version"], by=request.user)
        except Conflict as refusal:
            conflict = differences(form, refusal.current)
        else:
            messages.success(request, _("Your profile is saved"))
            return redirect("accounts:profile")
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "accounts/profile.html", {"form": form, "conflict": conflict}, status=status)


@require_GET
def flags(request):
    """Every declared flag, what it means, and for whom it is on."""
    NotAllowed.unless_empty(why_not_switch_flags(request.user))
    today = timezone.localdate()
    rows = [(declared, flag_row(name), declared.remove_by < today) for name, declared in sorted(DECLARED.items())]
    return render(request, "accounts/flags.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@once
def flag(request, name):
    """The switch of one flag."""
    NotAllowed.unless_empty(why_not_switch_flags(request.user))
    if name not in DECLARED:
        raise Http404
    row = flag_row(name)
    form, conflict = FlagForm(request.POST or None, initial=_switch_as_it_is(row)), False
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                switch_flag(row, by=request.user, **form.cleaned_data)
        except Conflict as refusal:
            conflict = True
            form.data = form.data.copy()
            form.data["version"] = refusal.current.version
            words = _("Somebody switched it meanwhile: %(state)s. Save again for yours.")
            form.add_error(None, words % {"state": refusal.current.state.label})
        if form.is_valid():
            said = {"flag": name, "state": row.state.label.lower()}
            messages.success(request, _("%(flag)s is switched: %(state)s") % said)
            return redirect("accounts:flags")
    context = {"flag": row, "declared": DECLARED[name], "form": form}
    return render(request, "accounts/flag.html", context, status=409 if conflict else 422 if form.is_bound else 200)


def _switch_as_it_is(row) -> dict:
    return {
        "version": row.version,
        "state": row.state,
        "percent": row.percent,
        "people": row.users.all(),
        "teams": row.teams.all(),
    }
