"""The marks of a listing's websites in the list: one query for a page of listings."""

from django.db import connection
from django.utils.html import format_html, format_html_join

from apps.core.flags import is_on
from apps.website.flags import WEBSITE
from apps.website.states import State, Wanted, shown_state

# By hand: Django takes longer to write this than PostgreSQL to answer it.
PLACED = """
    SELECT site.id, site.name, site.initials, here.listing_id, here.state, here.wanted, here.is_up, here.due_at,
           here.claimed_until
      FROM website_site AS site
      LEFT JOIN website_placement AS here ON here.site_id = site.id AND here.listing_id = ANY (%(listings)s::bigint[])
     WHERE site.is_active
     ORDER BY site.name
"""
ABSENT = (State.ABSENT, Wanted.FILTER, False, None, None)


def add_sites(request, context: dict) -> None:
    """Give each row of the context its marks, where the person has websites at all."""
    shows = is_on(WEBSITE, request) and request.user.has_perm("website.view_site")
    marks = marks_of([row["pk"] for row in context["rows"]]) if shows else {}
    context["shows_sites"] = bool(marks)
    for row in context["rows"] if marks else ():
        row["sites"] = marks[row["pk"]]


def marks_of(listings: list[int]) -> dict[int, str]:
    """Ready markup by listing; empty where no site follows the CRM."""
    sites, found = {}, {}
    with connection.cursor() as cursor:
        cursor.execute(PLACED, {"listings": listings})
        for pk, name, initials, listing, *values in cursor.fetchall():
            sites[pk] = (name, initials)
            found[listing, pk] = values
    if not sites or not listings:
        return {}
    return {
        listing: format_html(
            '<span class="sites">{}</span>',
            format_html_join("", "{}", ((_mark(*sites[pk], *found.get((listing, pk), ABSENT)),) for pk in sites)),
        )
        for listing in listings
    }


def _mark(name, initials, state, wanted, is_up, due_at, claimed_until):
    shown = shown_state(state, wanted=wanted, is_up=is_up, is_due=due_at is not None, is_claimed=bool(claimed_until))
    words = f"{name}: {shown.label}"
    html = '<span class="site {}" title="{}"><span aria-hidden="true">{}</span><span class="sr">{}</span></span>'
    return format_html(html, shown.mark, words, initials, words)
