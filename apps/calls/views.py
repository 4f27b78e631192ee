"""The phone page, its parts that change while somebody types, and drafts."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import replace_url, trigger_client_event

from apps.calls.actions.call import Call, SlotsTaken, pass_call_on, save_call
from apps.calls.actions.draft import finish_draft, keep_draft
from apps.calls.forms import CallForm, shown_again
from apps.calls.models import CallDraft
from apps.calls.page import caller, chosen_search, typed_again, what_fits
from apps.core.flags import behind_flag
from apps.core.http import go_to, once
from apps.core.refusals import NotAllowed, Refused
from apps.customers import flags
from apps.customers.actions.customer import why_not_add
from apps.customers.phones import is_number_like
from apps.listings.models import Listing
from apps.matching.forms.places import places_of

NOT_KEPT = {"csrfmiddlewaretoken", "submission_key", "draft"}


@behind_flag(flags.CUSTOMERS)
@require_http_methods(["GET", "POST"])
@once
def call(request):
    """The page, with a draft or a customer (`?customer=C-00007`) where one is named; a POST saves all of it."""
    NotAllowed.unless_empty(why_not_add(request.user))
    if request.method == "POST":
        return _save(request)
    draft, fields, saved_at = _opened(request)
    typed = _read(QueryDict(mutable=True), request, fields)
    who = caller(typed, request.user)
    form = shown_again(fields, **_units(request)) if fields else CallForm(**_units(request))
    if who.requirements and not typed.cleaned_data.get("requirement") and typed.is_empty:
        form, typed = _filled(request, fields, who)
    context = _context(request, form, typed, who) | {"draft": draft, "saved_at": saved_at}
    waiting = CallDraft.objects.waiting_for(request.user).exclude(key=draft)[:5]
    return render(request, "calls/call.html", context | {"waiting": waiting})


@behind_flag(flags.CUSTOMERS)
@require_POST
def who(request):
    """Who the typed number is; a customer's search is filled in where nothing is typed yet. A POST, so that no
    server's log holds the number."""
    NotAllowed.unless_empty(why_not_add(request.user))
    typed = _read(request.POST, request)
    found = caller(typed, request.user)
    form = shown_again(dict(request.POST.lists()), **_units(request))
    parts = [render_to_string("calls/who.html", {"who": found, "form": form}, request)]
    searches = {str(one.pk) for one in found.requirements}
    had = request.POST.get("requirement", "")
    is_news = bool(searches) != bool(had) or (had.isdecimal() and had not in searches)
    if is_news:
        form, typed = _searches_of(request, found, typed, had)
        parts.append(render_to_string("calls/wants.html", _wants(form, found) | {"oob": True}, request))
    response = HttpResponse("".join(parts))
    return trigger_client_event(response, "wants-changed", after="settle") if is_news else response


@behind_flag(flags.CUSTOMERS)
@require_POST
def wants(request):
    """The fields of another of the caller's searches, or empty ones for a new search."""
    NotAllowed.unless_empty(why_not_add(request.user))
    typed = _read(request.POST, request)
    found = caller(typed, request.user)
    search = chosen_search(typed, found)
    initial = typed_again(search, request.agency.area_units) if search else {"requirement": "new"}
    form = CallForm(initial=initial, **_units(request))
    response = render(request, "calls/wants.html", _wants(form, found))
    return trigger_client_event(response, "wants-changed", after="settle")


@behind_flag(flags.CUSTOMERS)
@require_POST
def matches(request):
    """What fits what is typed so far, with free times beside what is ticked."""
    NotAllowed.unless_empty(why_not_add(request.user))
    typed = _read(request.POST, request)
    return render(request, "calls/matches.html", what_fits(typed, caller(typed, request.user), request.user))


@behind_flag(flags.CUSTOMERS)
@require_POST
def draft(request):
    """Keep what is typed; the page's address then names the draft, so that reading it again brings it back."""
    NotAllowed.unless_empty(why_not_add(request.user))
    key = _key(request.POST.get("draft", ""))
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_KEPT}
    kept = keep_draft(key, fields, by=request.user) if key else None
    response = render(request, "calls/draft.html", {"saved_at": kept.saved_at if kept else None})
    return replace_url(response, f"{reverse('calls:call')}?draft={key}") if kept else response


@behind_flag(flags.CUSTOMERS)
@require_POST
@once
def discard(request):
    """Throw the draft away."""
    NotAllowed.unless_empty(why_not_add(request.user))
    key = _key(request.POST.get("draft", ""))
    if key:
        finish_draft(key, by=request.user)
    messages.success(request, _("Nothing of the call was saved"))
    return go_to(request, reverse("calls:call"))


def _save(request):
    form = CallForm(request.POST, **_units(request))
    is_valid = form.is_valid()
    found = caller(form, request.user)
    refused = {}
    if is_valid:
        try:
            return _saved(request, form, found)
        except SlotsTaken as refusal:
            refused = refusal.taken
            form.add_error(None, refusal.sentences[0])
        except Refused as refusal:
            if refusal.status != Refused.status:
                raise
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
    context = _context(request, form, form, found, refused) | {"draft": form["draft"].value(), "saved_at": None}
    template = "calls/form.html" if request.htmx.target == "call" else "calls/call.html"
    response = render(request, template, context, status=Refused.status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _saved(request, form, found):
    data, by = form.cleaned_data, request.user
    if found.state == "colleague" and not found.colleague:
        raise Refused(found.sentence)
    if found.colleague:
        pass_call_on(_call(form, found, by), found.theirs, found.colleague, found.text, by=by)
        sentence, page = (
            _("%(name)s is asked to call back") % {"name": found.colleague.short_name},
            reverse("calls:call"),
        )
    else:
        saved = save_call(_call(form, found, by), by=by)
        sentence, page = _in_words(saved), saved.customer.get_absolute_url()
    finish_draft(data["draft"], by=by)
    messages.success(request, sentence)
    return go_to(request, page)


def _call(form, found, by) -> Call:
    data = form.cleaned_data
    listings = Listing.objects.visible_to(by).select_related("unit").defer("search_vector")
    rows = listings.in_bulk([pick.listing for pick in form.picks()])
    return Call(
        customer=found.customer,
        details={} if found.customer else _details(data, found),
        requirement=chosen_search(form, found),
        wishes={} if form.is_empty else form.wishes(),
        picks=[(rows[pick.listing], pick.slot) for pick in form.picks() if pick.listing in rows],
        note=data["note"],
        next_title=data["next_title"],
        next_due=data["due"],
    )


def _details(data, found) -> dict:
    """Somebody new: what was typed as number may be a name or an address."""
    text = found.text
    is_email, is_number = "@" in text, is_number_like(text)
    emails = [data["email"], text if is_email and text != data["email"] else ""]
    return {
        "full_name": data["full_name"] or found.name,
        "phones": [text] if is_number else [],
        "emails": [email for email in emails if email],
    }


def _in_words(saved) -> str:
    words = {"name": saved.customer.label}
    if not saved.viewings:
        return _("Call with %(name)s saved") % words
    first = saved.viewings[0]
    words |= {"listing": first.listing.label, "when": f"{timezone.localtime(first.starts_at):%a %H:%M}"}
    if len(saved.viewings) == 1:
        return _("Call with %(name)s saved, viewing of %(listing)s %(when)s") % words
    words["count"] = len(saved.viewings)
    return _("Call with %(name)s saved, %(count)s viewings from %(when)s") % words


# -- What the page is drawn from ---------------------------------------------------------------------------------------
def _units(request) -> dict:
    return {"currency": request.agency.currency, "area_units": request.agency.area_units}


def _read(data, request, fields=None) -> CallForm:
    """The form as understood so far, whatever is wrong with it."""
    for name, values in (fields or {}).items():
        data.setlist(name, values)
    if "draft" not in data:
        data["draft"] = str(uuid.uuid4())
    form = CallForm(data, **_units(request))
    form.is_valid()
    return form


def _opened(request):
    """The draft's key, its fields, and when it was kept."""
    key = _key(request.GET.get("draft", ""))
    if key:
        kept = CallDraft.objects.waiting_for(request.user).filter(key=key).first()
        if kept:
            return key, kept.fields, kept.saved_at
        if CallDraft.objects.filter(key=key).exists():
            key = None
    number = request.GET.get("customer") or request.GET.get("number") or ""
    return key or uuid.uuid4(), {"number": [number[:120]]} if number else {}, None


def _filled(request, fields, found):
    """The form with the caller's last search filled in."""
    initial = typed_again(found.requirements[0], request.agency.area_units)
    form = shown_again(fields, **_units(request))
    form.initial |= initial
    typed = _read(QueryDict(mutable=True), request, _posted(form.initial) | fields)
    return form, typed


def _searches_of(request, found, typed, had):
    """The fields after it became known who calls: their last search, unless something else is typed already."""
    if found.requirements and (typed.is_empty or had.isdecimal()):
        form = CallForm(initial=typed_again(found.requirements[0], request.agency.area_units), **_units(request))
        return form, None
    if found.requirements:
        form = shown_again(dict(request.POST.lists()) | {"requirement": ["new"]}, **_units(request))
        return form, typed
    if had.isdecimal():
        return CallForm(**_units(request)), None
    return shown_again(dict(request.POST.lists()), **_units(request)), typed


def _posted(initial) -> dict[str, list[str]]:
    fields = {}
    for name, value in initial.items():
        if name == "places":
            fields[name] = [str(place.pk) for place in value] if isinstance(value, list) else value["ids"]
        elif value not in (None, ""):
            fields[name] = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    return fields


def _wants(form, found) -> dict:
    ids = form["places"].value()["ids"]
    return {"form": form, "who": found, "places": places_of(ids)}


def _context(request, form, typed, found, refused=None) -> dict:
    return _wants(form, found) | what_fits(typed, found, request.user, refused)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
