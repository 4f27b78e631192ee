"""What a site without fields of its own shows of a listing: facts, text and photos in the text of one page."""

import html
import re

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.core.units import AreaUnits
from apps.website.profiles.encodings import number, paragraphs

PAGE = "page"  # its name among the values of a listing
NO_WORDS = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1>|\[gallery[^\]]*\]|\[/?[\w-]+\s+[\w-]+=[^\]]*\]|\[/[\w-]+\]",
    flags=re.DOTALL | re.IGNORECASE,
)
GALLERY = '[gallery columns="3" size="medium" link="file"]'  # WordPress's own: the photos that belong to the post


def page_of(values: dict[str, object]) -> str:
    """The page's markup, in the language that is active."""
    price = escape(_price(values))
    about = [_rooms(values), [values["address"]], _numbers(values)]
    lines = [
        f"<strong>{price}</strong>" if price else "",
        *(" · ".join(escape(one) for one in line if one) for line in about),
    ]
    facts = "<br>".join(line for line in lines if line)
    return "\n".join(part for part in (f"<p>{facts}</p>", paragraphs(values["public_remarks"]), GALLERY) if part)


def with_photos(page: str, numbers: list[int]) -> str:
    """The page with these photos in this order; without numbers the site shows what belongs to the post, as it came."""
    if not numbers:
        return page
    return page.removesuffix(GALLERY) + GALLERY.replace("[gallery", f'[gallery ids="{",".join(map(str, numbers))}"')


def words_in(markup: str, sent: str = "") -> str:
    """What a page says, as plain text with its paragraphs: no short codes, no marks of the editor.

    Of a page that was `sent` from here, without the facts above the text: they are known by their line with the
    reference, also where somebody changed another one.
    """
    facts, _end, rest = markup.partition("</p>")
    if sent and facts.rpartition("<br>")[2] == sent.partition("</p>")[0].rpartition("<br>")[2]:
        markup = rest
    text = NO_WORDS.sub("", markup)
    text = re.sub(r"\s*</p>\s*(<p[^>]*>)?", "\n\n", text)
    text = re.sub(r"<br\s*/?>\n?|</(?:li|h\d|div|tr|figure)>\n?", "\n", text)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return re.sub(r"[ \t]*\n[ \t]*\n\s*", "\n\n", text).strip()


def _price(values) -> str:
    if values["list_price"] is None:
        return ""
    amount = f"{values['currency']} {number(values['list_price']):,}"
    periods = {"Annually": _("a year"), "Monthly": _("a month"), "Weekly": _("a week"), "Daily": _("a day")}
    return f"{amount} {periods.get(values['lease_amount_frequency'], '')}".strip()


def _rooms(values) -> list[str]:
    beds, baths, area = values["bedrooms_total"], values["bathrooms_total_integer"], values["living_area"]
    unit = values["living_area_units"]
    rooms = _("Studio") if beds == 0 else ""
    if beds:
        rooms = ngettext("%(n)s bedroom", "%(n)s bedrooms", beds) % {"n": beds}
    return [
        rooms,
        ngettext("%(n)s bathroom", "%(n)s bathrooms", baths) % {"n": baths} if baths else "",
        f"{number(area):,} {AreaUnits(unit).label}" if area and unit in AreaUnits.values else "",
    ]


def _numbers(values) -> list[str]:
    permit = values["permit_number"]
    return [
        _("Reference %(reference)s") % {"reference": values["listing_id"]},
        _("Permit %(number)s") % {"number": permit} if permit else "",
    ]
