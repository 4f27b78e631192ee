"""What the owner is told of a viewing, ready to be sent: how it was, in words, without saying who came."""

from urllib.parse import quote

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.models import Agency
from apps.viewings.lookups import Verdict
from apps.viewings.models import Feedback

HOW = {
    Verdict.LIKED: gettext_lazy("They liked it."),
    Verdict.MAYBE: gettext_lazy("They are thinking about it."),
    Verdict.NO: gettext_lazy("It is not what they look for."),
}


def text_for_owner(feedback: Feedback) -> str:
    """A few sentences with greeting and signature."""
    viewing = feedback.viewing
    start, owner = timezone.localtime(viewing.starts_at), owner_of(viewing.listing)
    parts = [
        _("Dear %(name)s,") % {"name": owner.label} if owner else _("Hello,"),
        _("your apartment %(listing)s was viewed on %(day)s at %(time)s.")
        % {"listing": viewing.listing.label, "day": date_format(start, "l j F"), "time": f"{start:%H:%M}"},
        in_words(feedback),
        _("I keep you posted."),
        f"{viewing.agent.full_name}, {Agency.current().name}",
    ]
    return "\n".join(parts)


def in_words(feedback: Feedback) -> str:
    """“They are thinking about it. What held them back: too dear, floor too low. “The kitchen is lovely.””"""
    parts = [str(HOW[Verdict(feedback.verdict)])]
    if feedback.reason_words:
        reasons = ", ".join(word.lower() for word in feedback.reason_words)
        parts.append(_("What held them back: %(reasons)s.") % {"reasons": reasons})
    if feedback.line:
        parts.append(f"“{feedback.line}”")
    return " ".join(parts)


def owner_of(listing):
    """The customer who owns the listing's unit, if known."""
    return getattr(listing.unit, "owner", None)


def ways_to_tell(feedback: Feedback, text: str) -> list[dict]:
    """How the owner can be told: each way with its address, or with why it may not be used."""
    owner = owner_of(feedback.viewing.listing)
    if owner is None:
        return []
    phone, email = owner.phones.exclude(e164="").first(), owner.emails.first()
    ways = []
    if phone:
        address = f"{phone.whatsapp}?text={quote(text)}"
        ways.append(_way("whatsapp", "WhatsApp", "brand-whatsapp", address, owner))
        ways.append(_way("phone", "Call", "phone", phone.tel, owner))
    if email:
        ways.append(_way("email", "Mail", "mail", "", owner))
    return ways


def _way(channel, label, icon, address, owner) -> dict:
    why_not = owner.may_be_contacted(channel)
    return {"channel": channel, "label": label, "icon": icon, "url": "" if why_not else address, "why_not": why_not}
