"""Who works here, and what an administrator does with a colleague's account."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.actions import person as actions
from apps.accounts.actions.invitation import why_not_invite
from apps.accounts.forms.people import PersonForm
from apps.accounts.models import Invitation, User
from apps.accounts.roles import Role
from apps.accounts.second_factor import with_second_factor
from apps.accounts.views.conflicts import differences
from apps.core.http import once, refusals_on
from apps.core.models import Event
from apps.core.refusals import Conflict, NotAllowed

PAGE_SIZE = 50
VIEWS = {"active": "Active", "invited": "Invited", "deactivated": "Deactivated"}
DONE = {
    actions.deactivate: gettext_lazy("%(person)s is deactivated and signed out everywhere"),
    actions.reactivate: gettext_lazy("%(person)s can sign in again"),
    actions.end_sessions: gettext_lazy("%(person)s is signed out everywhere"),
    actions.reset_second_factor: gettext_lazy("%(person)s's second step is reset"),
}


@require_GET
def people(request):
    """Colleagues by view (active, deactivated), and invitations that wait."""
    NotAllowed.unless_empty(why_not_invite(request.user))
    view = request.GET.get("view", "active")
    view = view if view in VIEWS else "active"
    query = request.GET.get("q", "").strip()
    rows = {"active": _staff(True), "deactivated": _staff(False), "invited": _invited()}
    found = rows[view].filter(Q(full_name__icontains=query) | Q(email__icontains=query))
    context = {
        "view": view,
        "views": [(name, label, rows[name].count()) for name, label in VIEWS.items()],
        "query": query,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "POST"])
@once
def person(request, pk):
    """One colleague: what they are, and what an administrator may do about their account."""
    colleague = get_object_or_404(User.objects.exclude(role=Role.SYSTEM), pk=pk)
    NotAllowed.unless_empty(actions.why_not_manage(colleague, request.user))
    why_not_role = actions.why_not_change_role(colleague, request.user)
    form = PersonForm(request.POST or None, instance=colleague, role_is_fixed=bool(why_not_role))
    conflict = []
    if request.method == "POST" and form.is_valid():
        try:
            with refusals_on(form):
                actions.change_person(
                    User.objects.get(pk=pk), form.cleaned_data, version=form.cleaned_data["version"], by=request.user
                )
        except Conflict as refusal:
            conflict = differences(form, refusal.current)
        if form.is_valid() and not conflict:
            messages.success(request, _("%(name)s is saved") % {"name": form.cleaned_data["full_name"]})
            return redirect("accounts:person", pk)
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(request, "accounts/person.html", _person_context(request, pk, form, conflict), status=status)


def _person_context(request, pk, form, conflict) -> dict:
    colleague = with_second_factor(User.objects.select_related("team")).get(pk=pk)
    return {
        "colleague": colleague,
        "form": form,
        "conflict": conflict,
        "why_not_role": actions.why_not_change_role(colleague, request.user),
        "why_not_deactivate": actions.why_not_deactivate(colleague, request.user),
        "sessions": colleague.usersession_set.count(),
        "events": Event.objects.filter(subject_label="accounts.user", subject_id=pk).select_related("by")[:20],
    }


def _staff(is_active):
    return (
        with_second_factor(User.objects.filter(is_active=is_active).exclude(role=Role.SYSTEM))
        .select_related("team")
        .order_by("full_name", "pk")
    )


def _invited():
    return Invitation.objects.waiting().select_related("team", "invited_by")


def _act(action):
    """A view that carries out one of the actions without further questions, and comes back to the person."""

    @require_POST
    @once
    def view(request, pk):
        colleague = get_object_or_404(User.objects.exclude(role=Role.SYSTEM), pk=pk)
        NotAllowed.unless_empty(actions.why_not_manage(colleague, request.user))
        action(colleague, by=request.user)
        messages.success(request, DONE[action] % {"person": colleague})
        return redirect("accounts:person", pk)

    return view


deactivate = _act(actions.deactivate)
reactivate = _act(actions.reactivate)
end_sessions = _act(actions.end_sessions)
reset_second_factor = _act(actions.reset_second_factor)
