"""Answering an enquiry in writing, and saying that one needs no answer, with Undo."""

from urllib.parse import quote

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from apps.core.flags import behind_flag
from apps.core.http import go_to, once, refusals_on
from apps.core.refusals import NotAllowed, Refused
from apps.customers.lookups import IN_WRITING, Channel
from apps.matching.views.pages import visible_listings
from apps.website import flags
from apps.website.enquiries.actions import answer
from apps.website.enquiries.actions.answer import address_of, why_not_reply
from apps.website.enquiries.actions.enquiry import why_not_work_on
from apps.website.enquiries.forms import ReplyForm, SetAsideForm
from apps.website.enquiries.replies import draft, texts_for
from apps.website.enquiries.views.enquiries import visible_enquiry
from apps.website.models.enquiry import SetAside


@behind_flag(flags.WEBSITE)
@require_http_methods(["GET", "POST"])
@once
def reply(request, pk):
    """Write the answer: a prepared text, changed as one likes, by a way they left."""
    enquiry, by = visible_enquiry(request, pk), request.user
    NotAllowed.unless_empty(why_not_work_on(enquiry, by))
    if enquiry.customer is None:
        raise Refused(_("Say first who wrote this."))
    ways, ready = _ways(enquiry, by), draft(enquiry, request.GET.get("text", ""), by)
    first = next((way["value"] for way in ways if not way["why_not"]), "")
    form = ReplyForm(request.POST or None, initial={"channel": first, "text": ready.text})
    if form.is_valid():
        channel, text = form.cleaned_data["channel"], form.cleaned_data["text"]
        also = visible_listings(request, request.POST.getlist("listing"))
        with refusals_on(form):
            answer.reply(enquiry, channel, text, by=by, also=also)
        if form.is_valid():
            return _sent(request, enquiry, channel, text)
    context = {"enquiry": enquiry, "customer": enquiry.customer, "form": form, "ways": ways}
    context["addresses"] = dict.fromkeys(way["to"] for way in ways if not way["why_not"])
    context |= {"texts": texts_for(enquiry), "chosen": ready.key, "also": ready.also}
    template = "website/enquiries/reply.html" if request.htmx else "website/enquiries/reply_page.html"
    response = render(request, template, context, status=Refused.status if form.errors else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _ways(enquiry, by) -> list[dict]:
    """How it can be answered, each with where it goes and what speaks against it."""
    return [
        {
            "value": way.value,
            "label": way.label,
            "to": address_of(enquiry, way),
            "why_not": why_not_reply(enquiry, way, by),
        }
        for way in IN_WRITING
    ]


def _sent(request, enquiry, channel, text):
    """A mail leaves by itself; for a message its program is one press away, with the text in it."""
    name = enquiry.customer.label
    if channel == Channel.EMAIL:
        messages.success(request, _("Sent to %(name)s") % {"name": name})
        return go_to(request, enquiry.get_absolute_url())
    number = address_of(enquiry, channel)
    whatsapp = f"https://wa.me/{number.removeprefix('+')}?text={quote(text)}"
    link = whatsapp if channel == Channel.WHATSAPP else f"sms:{number}?body={quote(text)}"
    context = {"enquiry": enquiry, "link": link, "channel": Channel(channel).label}
    template = "website/enquiries/sent.html" if request.htmx else "website/enquiries/sent_page.html"
    return render(request, template, context)


@require_POST
@behind_flag(flags.WEBSITE)
@once
def set_aside(request, pk):
    """It needs no answer: spam, a wrong number, nothing to answer."""
    enquiry = visible_enquiry(request, pk)
    form = SetAsideForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say why it needs no answer: spam, a wrong number, or nothing to answer."))
    reason, alike = form.cleaned_data["reason"], form.cleaned_data["alike"]
    count = answer.set_aside(enquiry, reason, by=request.user, alike=alike)
    said = ngettext("%(why)s: the enquiry needs no answer", "%(why)s: %(n)s enquiries need no answer", count)
    undo = reverse("enquiries:put-back", args=[pk])
    messages.success(request, said % {"why": SetAside(reason).label, "n": count}, extra_tags=f"undo:{undo}")
    return redirect("enquiries:list")


@require_POST
@behind_flag(flags.WEBSITE)
@once
def put_back(request, pk):
    """Undo: it waits for an answer again."""
    enquiry = visible_enquiry(request, pk)
    answer.put_back(enquiry, by=request.user)
    messages.success(request, _("The enquiry waits for an answer again"))
    return redirect(enquiry)
