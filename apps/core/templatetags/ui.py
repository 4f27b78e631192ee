"""Tags that write the small pieces of a screen: icons, badges, money, areas, times, people, form fields.

They are plain functions because a list uses some 15 of them on each of 25 rows: what never changes is built once, and
what depends on values alone is kept for the next row or page that shows the same ones.
Words and formats follow docs/frontend.md.
"""

import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apps.core.form_markup import error_summary, field
from apps.core.icons import icon
from apps.core.units import AreaUnits, convert_area

register = template.Library()
kept = lru_cache(maxsize=4096)

# Label, hue and glyph of each status that people see, by RESO's spelling of StandardStatus.
STATUSES = {
    "Incomplete": ("Incomplete", "slate", "st-incomplete"),
    "Coming Soon": ("Coming soon", "teal", "st-coming-soon"),
    "Active": ("Active", "green", "st-active"),
    "Active Under Contract": ("Under contract", "blue", "st-contract"),
    "Pending": ("Pending", "violet", "st-pending"),
    "Closed": ("Closed", "slate", "st-closed"),
    "Hold": ("Hold", "amber", "st-hold"),
    "Withdrawn": ("Withdrawn", "slate", "st-withdrawn"),
    "Expired": ("Expired", "red", "st-expired"),
    "Canceled": ("Canceled", "slate", "st-canceled"),
    "Delete": ("Deleted", "slate", "st-canceled"),
}
AMBER_DAYS, RED_DAYS = 30, 15
EMPTY = (None, "")
ROUNDS_UP_TO_ONE = Decimal("0.9995")  # 999,600 is 1M, not 1,000K


# -- Icons and badges --------------------------------------------------------------------------------------------------
register.simple_tag(icon)


@cache
def _status_parts(status, language):
    """(badge, glyph and word), built once per language."""
    label, hue, glyph = STATUSES.get(status, (status, "slate", "st-incomplete"))
    inner = format_html("{}{}", icon(glyph), _(label))
    return format_html('<span class="st {}">{}</span>', hue, inner), format_html(
        '<span class="gl {}">{}</span>', hue, inner
    )


@register.simple_tag
def status_badge(status):
    """The badge of a StandardStatus: a shape and a word, so that colour is never alone."""
    return _status_parts(status, get_language())[0]


@register.filter
def status_label(status):
    """The word that people say for a StandardStatus: "Active Under Contract" is "Under contract"."""
    return _(STATUSES[status][0]) if status in STATUSES else status


@register.simple_tag
def status_glyph(status):
    """Glyph and word without the pill, for the inside of a button or menu line."""
    return _status_parts(status, get_language())[1]


@register.simple_tag
def avatar(user, size="", with_name=False):
    """Initials on the person's own hue. `size` "md" 32 px, "lg" 56 px; `with_name` puts the first name beside."""
    if user is None:
        return ""
    name = str(user)
    if with_name:
        return _avatar_beside_name(user.hue, size, user.initials, getattr(user, "short_name", name))
    return _avatar(user.hue, size, name, user.initials)


@kept
def _avatar(hue, size, name, initials):
    text = '<span class="av h{} {}" role="img" aria-label="{}" title="{}">{}</span>'
    return format_html(text, hue, size, name, name, initials)


@kept
def _avatar_beside_name(hue, size, initials, name):
    text = '<span class="avs"><span class="av h{} {}" aria-hidden="true">{}</span>{}</span>'
    return format_html(text, hue, size, initials, name)


# -- Numbers, money, areas ---------------------------------------------------------------------------------------------
@register.filter
def number(value):
    """A count or amount with thousands separated: 1,204. Decimals only where there are some. Empty stays empty."""
    if value in EMPTY:
        return ""
    value = Decimal(value)
    whole = value.to_integral_value()
    return f"{whole:,f}" if value == whole else f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"


@register.simple_tag
@kept
def money(amount, currency, css=""):
    """AED 2,450,000. Empty when there is no amount. `css` "big" sets the currency apart, for the price of a page."""
    if amount in EMPTY:
        return ""
    text = '<data{} dir="ltr" value="{}">{} {}</data>'
    if css:
        text = '<data class="{}" dir="ltr" value="{}"><span class="cur">{}</span> {}</data>'
    return format_html(text, css, _machine_readable(amount), currency, number(amount))


def _machine_readable(amount):
    """2450000 for 2450000.000 too: both are one key of the kept texts, so they must read the same."""
    return f"{Decimal(amount).normalize():f}"


@register.filter
def short(amount):
    """An amount for tiles and cards: 2.38M, 212K, 950."""
    if amount in EMPTY:
        return ""
    amount = Decimal(amount)
    for size, letter, places in ((10**9, "B", "0.01"), (10**6, "M", "0.01"), (10**3, "K", "1")):
        if abs(amount) >= size * ROUNDS_UP_TO_ONE:
            scaled = (amount / size).quantize(Decimal(places), ROUND_HALF_UP)
            text = f"{scaled:,f}"
            return (text.rstrip("0").rstrip(".") if "." in text else text) + letter
    return number(amount)


@register.simple_tag
@kept
def money_short(amount, currency):
    """AED 2.38M, AED 212K: for cards, tiles and map pins."""
    if amount in EMPTY:
        return ""
    return format_html('<data dir="ltr" value="{}">{} {}</data>', _machine_readable(amount), currency, short(amount))


@register.simple_tag
@kept
def change(new, old):
    """How a price moved: "↓ 4.2%" in copper, "↑ 1.5%" in green; nothing when it did not or when one is missing."""
    if not old or new is None or new == old:
        return ""
    percent = (Decimal(new) - Decimal(old)) * 100 / Decimal(old)
    css, arrow = ("down", "↓") if percent < 0 else ("up", "↑")
    return format_html('<span class="{} nowrap" dir="ltr">{} {}%</span>', css, arrow, f"{abs(percent):.1f}")


@register.simple_tag(takes_context=True)
def area(context, value, unit, bare=False):
    """An area in the agency's unit: "1,388 ft²". `bare` leaves the unit to the column's header."""
    if value is None:
        return ""
    return _area(value, unit, _area_unit(context), bare)


@kept
def _area(value, unit, target, bare):
    digits = f"{convert_area(Decimal(value), unit, target).quantize(Decimal(1), ROUND_HALF_UP):,f}"
    if bare:
        return digits
    return format_html('<data dir="ltr" value="{}">{} {}</data>', value, digits, AreaUnits(target).label)


@register.simple_tag(takes_context=True)
def area_unit(context):
    """The agency's unit of area, for a header: "Size, ft²"."""
    return AreaUnits(_area_unit(context)).label


def _area_unit(context):
    agency = context.get("agency")
    return agency.area_units if agency else AreaUnits.SQUARE_FEET


@register.simple_tag(takes_context=True)
def per_area(context, price, value, unit):
    """Price per unit of area, without currency: "2,273 / ft²". Empty when either is missing."""
    if not price or not value:
        return ""
    return _per_area(price, value, unit, _area_unit(context))


@kept
def _per_area(price, value, unit, target):
    digits = f"{(Decimal(price) / convert_area(Decimal(value), unit, target)).quantize(Decimal(1), ROUND_HALF_UP):,f}"
    return f"{digits} / {AreaUnits(target).label}"


@register.simple_tag
def plural(count, one, many):
    """A count in words: "1 day", "2 days", "1,204 listings"."""
    return f"{number(count)} {one if count == 1 else many}"


# -- Times -------------------------------------------------------------------------------------------------------------
@register.simple_tag
def when(moment):
    """A date or time as colleagues say it, in the agency's zone, with the full date in the tooltip.

    Times: "Just now", "20 min ago", today "14:30". Days: "Yesterday", "Tomorrow", this year "6 Oct", else "6 Oct 2025".
    """
    if moment is None:
        return ""
    now = timezone.localtime()
    if not isinstance(moment, datetime.datetime):
        return _day(moment, now.date(), get_language())
    local = timezone.localtime(moment)
    full = f"{_full_day(local.date(), get_language())}, {_hour(local)}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), full, _time_words(local, now))


@kept
def _day(day, today, language):
    """A day as `when` says it; here and below, `language` only tells kept answers apart."""
    words = _day_words(day, today, language)
    return format_html('<time datetime="{}" title="{}">{}</time>', day.isoformat(), _full_day(day, language), words)


@kept
def _full_day(day, language):
    return date_format(day, "j F Y")


@kept
def _day_words(day, today, language):
    near = {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}.get((day - today).days)
    return near or date_format(day, "j M" if day.year == today.year else "j M Y")


def _hour(local):
    return f"{local.hour:02}:{local.minute:02}"  # a third of the time that strftime takes


def _time_words(local, now):
    seconds = (now - local).total_seconds()
    if 0 <= seconds < 60:
        return _("Just now")
    if 0 <= seconds < 3600:
        return _("%(count)s min ago") % {"count": int(seconds // 60)}
    if local.date() == now.date():
        return _hour(local)
    return _day_words(local.date(), now.date(), get_language())


@register.simple_tag
def when_at(moment):
    """A time that is planned, within a sentence: “today 14:30”, “tomorrow 10:00”, “24 Nov 10:00”."""
    local, today = timezone.localtime(moment), timezone.localdate()
    near = {0: _("today"), 1: _("tomorrow")}.get((local.date() - today).days)
    day = near or date_format(local, "j M" if local.year == today.year else "j M Y")
    full = date_format(local, "j F Y, H:i")
    words = f"{day} {local:%H:%M}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), full, words)


@register.simple_tag
def late_due(day):
    """A day that is over, of something that is not done: “Late, due yesterday”, “Late, due 18 Nov”."""
    if (timezone.localdate() - day).days == 1:
        full = _full_day(day, get_language())
        return format_html('<time datetime="{}" title="{}">{}</time>', day.isoformat(), full, _("Late, due yesterday"))
    return format_html("{} {}", _("Late, due"), when(day))


def urgency(days: int) -> str:
    """The colour of a mandate or permit with so many days left: "worse" under 15 and when over, "late" under 30."""
    return "worse" if days < RED_DAYS else "late" if days < AMBER_DAYS else ""


@register.simple_tag
def days_left(end, total=90, css="", with_end=False):
    """A clock for a mandate or permit: "27 days left" and a bar; amber under 30 days, red under 15 or when over.

    `end` is its last day, `total` its length in days; `css` "a" draws the bar in the accent colour;
    `with_end` adds "ends 21 Jan 2027" at the other end of the line.
    """
    if end is None:
        return ""
    return _clock(end, timezone.localdate(), total, css, with_end, get_language())


@kept
def _clock(end, today, total, css, with_end, language):
    """The clock of `days_left`."""
    days = (end - today).days
    if days < 0:
        ended = _("Expired %(day)s") % {"day": date_format(end, "j M Y")}
        return format_html('<span class="left worse">{}</span>', ended)
    state = urgency(days) or css
    words = _("Ends today") if days == 0 else plural(days, _("day left"), _("days left"))
    last = format_html("<small>{}</small>", _("ends %(day)s") % {"day": date_format(end, "j M Y")}) if with_end else ""
    bar = '<span class="left {}"><span>{}</span>{}<progress max="{}" value="{}" aria-hidden="true"></progress></span>'
    return format_html(bar, state, words, last, max(total, 1), min(days, total))


# -- Lists -------------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def sort_header(context, key, label, sort, css="", first="-"):
    """A <th> whose link sorts the list by `key`; a second click turns the order round.

    `sort` is the order in force ("price" up, "-price" down), `first` the order of the first click ("" up, "-" down).
    """
    is_down, is_up = sort == f"-{key}", sort == key
    query = context["request"].GET.copy()
    for stale in ("page", "after", "before"):
        query.pop(stale, None)
    query["sort"] = key if is_down else f"-{key}" if is_up else f"{first}{key}"
    state = "descending" if is_down else "ascending" if is_up else "none"
    arrow = icon("arrow-down" if is_down else "arrow-up") if is_down or is_up else ""
    html = '<th scope="col" class="{}" aria-sort="{}"><a href="?{}" hx-get="?{}">{}{}</a></th>'
    address = query.urlencode()
    return format_html(html, css, state, address, address, arrow, label)


# -- Forms -------------------------------------------------------------------------------------------------------------
register.simple_tag(field)
register.simple_tag(error_summary)


@register.filter
def joined(values, separator=" · "):
    """Those values that are there, joined: "DH-5001 · Dubai Marina"."""
    return separator.join(str(value) for value in values if value not in (None, ""))


@register.simple_tag
def tell_url(message):
    """The address where those are told whom a change concerns: extra_tags="tell:/…/"."""
    return next((tag[5:] for tag in (message.extra_tags or "").split() if tag.startswith("tell:")), "")


@register.simple_tag
def undo_url(message):
    """The address that takes a message's change back: messages.success(request, "…", extra_tags="undo:/…/")."""
    return next((tag[5:] for tag in (message.extra_tags or "").split() if tag.startswith("undo:")), "")
