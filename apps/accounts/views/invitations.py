"""Inviting somebody, and joining by the link."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.actions import invitation as actions
from apps.accounts.forms.people import InviteForm, JoinForm
from apps.accounts.models import Invitation
from apps.core.http import once, refusals_on
from apps.core.refusals import NotAllowed


@require_http_methods(["GET", "POST"])
@once
def invite(request):
    """Ask for name, email and role, and send the link."""
    NotAllowed.unless_empty(actions.why_not_invite(request.user))
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.invite(form.cleaned_data, by=request.user)
        if form.is_valid():
            said = {"email": form.cleaned_data["email"]}
            messages.success(request, _("The invitation to %(email)s is on its way") % said)
            return redirect("/people/?view=invited")
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@once
def renew(request, pk):
    """Send the invitation again, with a new link."""
    invitation = actions.renew(get_object_or_404(Invitation, pk=pk), by=request.user)
    words = _("A new link is on its way to %(email)s. The older one no longer works")
    messages.success(request, words % {"email": invitation.email})
    return redirect("/people/?view=invited")


@require_POST
@once
def withdraw(request, pk):
    """Take the invitation back."""
    invitation = get_object_or_404(Invitation, pk=pk)
    actions.withdraw(invitation, by=request.user)
    messages.success(request, _("The invitation to %(email)s is withdrawn") % {"email": invitation.email})
    return redirect("/people/?view=invited")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request, token):
    """The page behind the link in the mail: it sets a password and signs in. It works once, so it needs no `once`."""
    invitation = Invitation.objects.by_token(token)
    why_not = actions.why_not_accept(invitation)
    if why_not:
        return render(request, "accounts/join_refused.html", {"sentences": why_not}, status=410)
    form = JoinForm(request.POST or None, initial={"full_name": invitation.full_name})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            person = actions.accept(invitation, **form.cleaned_data)
        if form.is_valid():
            logout(request)
            return perform_login(request, person)
    context = {"form": form, "invitation": invitation}
    return render(request, "accounts/join.html", context, status=422 if form.is_bound else 200)
