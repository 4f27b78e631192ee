"""What the customer's own pages share: the customer this person may see, the frame around each page, and answers."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _

from apps.core.flags import DECLARED, is_on
from apps.core.refusals import Refused
from apps.customers.lookups import Channel, CustomerRole, Payment, Stage
from apps.customers.models import Customer
from apps.customers.policy import why_not_change

NEXT_STEPS = 5
MATCHING, VIEWINGS = "matching", "viewings"


@dataclass(frozen=True)
class Tab:
    """A tab of the customer's page. Those of another module are there while its flag is on; `count` is an id."""

    key: str
    label: str
    route: str
    flag: str = ""


TABS = (
    Tab("matches", _("Matches"), "customers:detail", MATCHING),
    Tab("viewings", _("Viewings"), "customers:viewings", VIEWINGS),
    Tab("timeline", _("Timeline"), "customers:timeline"),
)


def visible_customer(request, reference: str) -> Customer:
    """The customer of that reference with agent and contacts, or 404 where this person may not know of them."""
    rows = Customer.objects.visible_to(request.user).select_related("agent")
    rows = rows.prefetch_related("phones", "emails", "consents")
    return get_object_or_404(rows, reference=reference.replace("\x00", ""))


def has_module(request, flag: str) -> bool:
    """Whether another module is here and on for this person."""
    return flag in DECLARED and is_on(flag, request)


def module_url(route: str, *args) -> str:
    """An address of another module; nothing where that module is not here."""
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""


def panel(request, flag: str, route: str, customer: Customer) -> str:
    """The address of a part of this page that another module fills; nothing where that module is off."""
    return module_url(route, customer.reference) if has_module(request, flag) else ""


def frame(request, customer: Customer, tab: str) -> dict:
    """Context of `customers/page.html`: header, tabs, the ways to reach the customer, what may be done."""
    why_not = why_not_change(customer, request.user)
    return {
        "customer": customer,
        "tab": tab,
        "tabs": [one for one in TABS if not one.flag or has_module(request, one.flag)],
        "line": _line(customer),
        "ways": ways_to_reach(customer),
        "why_not_change": why_not,
        "stages": [stage for stage in Stage if stage != customer.stage],
        "may_assign": request.user.has_perm("customers.assign_customer"),
        "may_take": customer.agent_id is None and request.user.has_perm("customers.change_customer"),
        "book_url": _book(request, customer),
        "twins_url": module_url("customers:look-alikes", customer.reference),
    }


def _book(request, customer) -> str:
    address = module_url("viewings:book") if has_module(request, VIEWINGS) else ""
    return f"{address}?customer={customer.reference}" if address else ""


def _line(customer: Customer) -> list[str]:
    """“Cash buyer”: what the customer is, and how they would pay."""
    roles = [str(CustomerRole(role).label) for role in CustomerRole.values if role in customer.roles]
    words = ", ".join([*roles[:1], *(role.lower() for role in roles[1:])])
    if words and customer.payment != Payment.UNKNOWN:
        words = f"{customer.get_payment_display()} {words[0].lower()}{words[1:]}"
    return [word for word in (words, customer.company_name if customer.label != customer.company_name else "") if word]


def ways_to_reach(customer: Customer) -> list[dict]:
    """Call, WhatsApp, mail: each with its address, and why it must not be used now. None for what is not known."""
    phone = next((phone for phone in customer.phones.all() if phone.e164), None)
    email = next(iter(customer.emails.all()), None)
    ways = [
        (Channel.PHONE, "phone", _("Call"), phone and phone.tel),
        (Channel.WHATSAPP, "brand-whatsapp", _("WhatsApp"), phone and phone.whatsapp),
        (Channel.EMAIL, "mail", _("E-mail"), email and f"mailto:{email.address}"),
    ]
    return [
        {"channel": channel, "icon": icon, "label": label, "url": url, "why_not": why_not_reach(customer, channel)}
        for channel, icon, label, url in ways
        if url
    ]


def why_not_reach(customer: Customer, channel: str) -> list[str]:
    """Why a colleague should not use this way even by hand: only where the customer objected.

    What the CRM sends by itself needs more, a consent: `customer.may_be_contacted`.
    """
    objected = any(not consent.granted for consent in latest_consents(customer).values() if consent.channel == channel)
    return customer.may_be_contacted(channel) if customer.do_not_contact or objected else []


def latest_consents(customer: Customer) -> dict:
    """The last word on each channel that was asked about."""
    return {consent.channel: consent for consent in reversed(customer.consents.all())}


def drawer(request, template: str, context: dict):
    """Show `context["form"]`, with 422 when it was refused.

    htmx gets it as a drawer (`customers/<template>.html`), others as a page.
    """
    context["form_template"] = f"customers/{template}.html"
    page = context["form_template"] if request.htmx.target == "drawer" else "customers/form_page.html"
    status = Refused.status if context["form"].is_bound else 200
    response = render(request, page, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def next_steps(customer: Customer) -> list:
    """What is to be done for the customer next."""
    return list(customer.tasks.to_do().select_related("assignee")[:NEXT_STEPS])
