"""Enquiries by who asked, their phone or e-mail, and words of what they asked: only those that this person may see."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator

from apps.core.templatetags.ui import icon
from apps.search.marks import marked
from apps.search.registry import Asked, Hit, Source
from apps.website import flags
from apps.website.enquiries.catalogue import EnquirySearch
from apps.website.enquiries.rows import state
from apps.website.models import Enquiry

SHORTEST = 3  # letters: no index finds less
CANDIDATES = 40
LONGEST = 60


def find(asked: Asked) -> list[Hit]:
    """Hits for enquiries, the latest of those that an index found."""
    search = EnquirySearch()
    words = search.words_of(asked.text)
    if not words or max(map(len, words)) < SHORTEST:
        return []
    rows = search.narrow(_rows(asked.user), words).order_by()[:CANDIDATES]
    latest = sorted(rows, key=lambda one: (one.is_open, one.received_at), reverse=True)
    return _hits(latest[: asked.limit], asked.words)


def recall(user, keys: Sequence[int]) -> dict[int, Hit]:
    """The enquiries of these numbers, as hits."""
    rows = list(_rows(user).filter(pk__in=keys))
    return dict(zip((one.pk for one in rows), _hits(rows, ()), strict=True))


def _rows(user):
    rows = Enquiry.objects.visible_to(user).select_related("customer", "listing__unit__place")
    return rows.defer("listing__search_vector", "customer__summary")


def _hits(enquiries: Iterable[Enquiry], words) -> list[Hit]:
    now = timezone.now()
    return [_hit(one, words, now) for one in enquiries]


def _hit(one: Enquiry, words, now) -> Hit:
    hue, glyph, says = state(one, now)
    text = Truncator(" ".join(one.text.split())).chars(LONGEST)
    label = one.customer.label if one.customer else one.label
    return Hit(
        one.get_absolute_url(),
        format_html("<bdi>{}</bdi>", marked(label, words)),
        format_html("{}", marked(" · ".join(part for part in (one.about, text) if part), words)),
        icon="inbox",
        badge=format_html('<span class="st {}">{}{}</span>', hue, icon(glyph), says),
    )


def _more(text: str) -> str:
    return f"{reverse('enquiries:list')}?{urlencode({'q': text})}"


SOURCE = Source(
    "enquiries",
    "Enquiries",
    "website.view_enquiry",
    find,
    view="enquiries:detail",
    recall=recall,
    more=_more,
    flag=flags.WEBSITE,
    order=25,
)
