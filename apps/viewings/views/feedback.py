"""After the viewing: what they thought in one tap, the owner told in the next; and the list of what is still open."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.core.flags import behind_flag, is_on
from apps.core.http import once
from apps.core.refusals import NotAllowed, Refused
from apps.listings.policy import may_see_owner
from apps.matching import flags as matching_flags
from apps.viewings import flags
from apps.viewings.actions.feedback import give_feedback, mail_owner, tell_owner, why_not_mail_owner
from apps.viewings.actions.next_step import plan_next_step, proposed_step
from apps.viewings.actions.suggestion import accept, decide
from apps.viewings.cards import cards, who
from apps.viewings.lookups import Reason, Verdict
from apps.viewings.models import Feedback, Viewing
from apps.viewings.owner_words import in_words, owner_of, text_for_owner, ways_to_tell
from apps.viewings.policy import why_not_change
from apps.viewings.suggestions import suggestions
from apps.viewings.views.pages import visible_viewing

ICONS = {Verdict.LIKED: "heart", Verdict.MAYBE: "help", Verdict.NO: "x"}
MOST = 50


@require_http_methods(["GET", "POST"])
@behind_flag(flags.VIEWINGS)
@once
def feedback(request, pk):
    """Three big buttons save; the same page then has the text for the owner and what it means for the search."""
    viewing = visible_viewing(request, pk)
    NotAllowed.unless_empty(why_not_change(viewing, request.user))
    if request.method == "POST":
        customer = _guest(viewing, request.POST.get("customer", ""))
        given = give_feedback(
            viewing,
            customer,
            request.POST.get("verdict", ""),
            by=request.user,
            reasons=request.POST.getlist("reason"),
            line=request.POST.get("line", ""),
        )
        if is_on(matching_flags.MATCHING, request):
            decide(given, by=request.user)
        return redirect(f"{reverse('viewings:feedback', args=[viewing.pk])}#guest-{customer.pk}")
    guests = [_asked(request, viewing, customer) for customer in viewing.known_customers]
    context = {
        "viewing": viewing,
        "listing": viewing.listing,
        "who": who(viewing),
        "guests": guests,
        "has_begun": viewing.starts_at <= timezone.now(),
    }
    return render(request, "viewings/feedback.html", context)


def _guest(viewing, reference):
    """The customer who is meant; the only one where none is named."""
    known = viewing.known_customers
    chosen = next((one for one in known if one.reference == reference), known[0] if len(known) == 1 else None)
    if chosen is None:
        raise Refused(_("Choose whose words these are."))
    return chosen


def _asked(request, viewing, customer) -> dict:
    given = Feedback.objects.filter(viewing=viewing, customer=customer).select_related("by").first()
    context = {
        "customer": customer,
        "feedback": given,
        "verdicts": [(verdict.value, verdict.label, ICONS[verdict]) for verdict in Verdict],
        "reasons": [(reason.value, reason.label, bool(given and reason.value in given.reasons)) for reason in Reason],
    }
    if given is None:
        return context
    given.viewing = viewing
    knows_owner = may_see_owner(viewing.listing, request.user)
    text = text_for_owner(given) if knows_owner else in_words(given)
    return context | {
        "words": in_words(given),
        "text": text,
        "owner": owner_of(viewing.listing) if knows_owner else None,
        "ways": [way for way in ways_to_tell(given, text) if way["channel"] != "email"] if knows_owner else [],
        "why_not_mail": why_not_mail_owner(given, request.user) if knows_owner else [_("Ask the listing's agent.")],
        "step": proposed_step(given),
        "suggestions": suggestions(given, request.user) if is_on(matching_flags.MATCHING, request) else [],
    }


@require_POST
@behind_flag(flags.VIEWINGS)
@once
def told(request, pk):
    """The owner is told: by a mail that leaves now, or by the agent's own mouth. The next step is planned with it."""
    given = _visible_feedback(request, pk)
    how = request.POST.get("how", "")
    if how == "mail":
        mail_owner(given, by=request.user)
    else:
        tell_owner(given, by=request.user, told=how != "undo")
    if how == "undo":
        return redirect("viewings:feedback", given.viewing_id)
    if request.POST.get("plan"):
        plan_next_step(given, request.POST.get("step", ""), by=request.user)
    undo = f"undo:{reverse('viewings:told-undo', args=[given.pk])}"
    messages.success(request, _("The owner is told"), extra_tags=undo)
    return redirect(_next_place(request, given))


@require_POST
@behind_flag(flags.VIEWINGS)
@once
def told_undo(request, pk):
    """Take the tick back."""
    given = _visible_feedback(request, pk)
    tell_owner(given, by=request.user, told=False)
    return redirect("viewings:feedback", given.viewing_id)


@require_POST
@behind_flag(flags.VIEWINGS)
@once
def take_suggestion(request, pk):
    """Change the requirement as the feedback suggests: “too small: raise size to 1,300 ft²”."""
    given = _visible_feedback(request, pk)
    if not is_on(matching_flags.MATCHING, request):
        raise Refused(_("Matching is not switched on."))
    words = accept(given, request.POST.get("suggestion", ""), by=request.user)
    messages.success(request, words)
    return redirect("viewings:feedback", given.viewing_id)


def _visible_feedback(request, pk) -> Feedback:
    rows = Feedback.objects.filter(viewing__in=Viewing.objects.visible_to(request.user))
    given = get_object_or_404(rows.select_related("viewing__listing__unit", "viewing__agent", "customer"), pk=pk)
    NotAllowed.unless_empty(why_not_change(given.viewing, request.user))
    return given


def _next_place(request, given) -> str:
    """The next viewing that waits for feedback, else this one."""
    rows = Viewing.objects.visible_to(request.user).of_agent(request.user).awaiting_feedback(timezone.now())
    waiting = rows.values_list("pk", flat=True).first()
    return reverse("viewings:outstanding") if waiting else reverse("viewings:detail", args=[given.viewing_id])


@require_safe
@behind_flag(flags.VIEWINGS)
def outstanding(request):
    """Viewings whose customers have not been heard, and words that the owner has not been told."""
    by, now = request.user, timezone.now()
    if not by.has_perm("viewings.view_viewing"):
        raise NotAllowed(_("Your role has no viewings."))
    visible = Viewing.objects.visible_to(by)
    everyone = by.has_perm("viewings.change_any_viewing") and request.GET.get("agent") == "all"
    mine = visible if everyone else visible.of_agent(by)
    waiting = cards(mine.awaiting_feedback(now).with_cards(by)[:MOST], now)
    untold = Feedback.objects.filter(told_owner_at__isnull=True, viewing__in=mine).order_by("at", "pk")
    untold = untold.select_related("viewing__listing__unit__place", "viewing__agent")[:MOST]
    context = {
        "waiting": waiting,
        "untold": [(one, in_words(one)) for one in untold],
        "everyone": everyone,
        "may_see_all": by.has_perm("viewings.change_any_viewing"),
        "verdicts": [(verdict.value, verdict.label, ICONS[verdict]) for verdict in Verdict],
    }
    return render(request, "viewings/outstanding.html", context)
