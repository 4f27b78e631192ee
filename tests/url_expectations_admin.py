"""Who may do what on the pages of Django admin: the rows of url_expectations.py that follow from one rule."""

# Pages of Django admin: "look" (list, search, history), and what else administrators may do there. Everybody else gets
# 403, strangers are sent to sign in.
ADMIN = {
    "core.event": "look",
    "core.submission": "look",
    "core.failedjob": "look retry",
    "accounts.user": "look change",
    "accounts.team": "look add change delete",
    "accounts.agency": "look change",
    "accounts.invitation": "look",
    "accounts.flag": "look",
    "accounts.savedview": "look",
    "accounts.outgoingmail": "look",
    "customers.customer": "look change",
    "customers.phone": "look change delete",
    "customers.emailaddress": "look change delete",
    "customers.consent": "look",
    "customers.note": "look change delete",
    "customers.task": "look change delete",
    "customers.duplicatepair": "look",
    "customers.merge": "look",
    "customers.erasure": "look",
    "matching.requirement": "look change",
    "matching.requirementplace": "look add change delete",
    "matching.decision": "look change delete",
    "matching.sending": "look",
    "matching.exchangerate": "look add change delete",
    "imports.importrun": "look",
    "imports.importrow": "look",
    "imports.sourcerecord": "look",
    "imports.customerrecord": "look",
    "listings.place": "look add change delete:page",
    "listings.unit": "look change delete:page",
    "listings.listing": "look change",
    "listings.mandate": "look change delete",
    "listings.permit": "look change delete",
    "listings.photo": "look change",
    "listings.note": "look change delete",
    "listings.pricechange": "look",
    "listings.statuschange": "look",
    "listings.searchword": "look",
    "viewings.viewing": "look change",
    "viewings.viewingguest": "look",
    "viewings.feedback": "look change",
    "viewings.viewingmail": "look",
    "viewings.tour": "look",
    "viewings.calendarfeed": "look delete",
    "website.site": "look",
    "website.enquiry": "look change",
    "website.dailynumber": "look",
    "website.polling": "look",
    "website.profile": "look",
    "website.placement": "look",
    "website.placementphoto": "look",
    "website.adoption": "look",
    "website.foundpost": "look",
    "website.proposal": "look",
    "insights.screenuse": "look",
}


def admin_rows(actors: int) -> dict[str, dict[str, tuple[str, ...]]]:
    """By name of the address and method, what comes of it for each actor: strangers first, administrators last."""
    found = {}
    for label, allowed in ADMIN.items():
        verbs = dict(word.partition(":")[::2] for word in allowed.split())
        found |= _rows_of_model(f"admin:{label.replace('.', '_')}", verbs, actors)
    return found


def _rows_of_model(stem: str, allowed: dict[str, str], actors: int) -> dict:
    pages = {
        f"{stem}_changelist": {"GET": "page", "POST": "page"},
        f"{stem}_history": {"GET": "page", "POST": "page"},
        f"{stem}_change": {"GET": "page", "POST": "done" if "change" in allowed else "no"},
        f"{stem}_add": {"GET": "page", "POST": "done"} if "add" in allowed else {"GET": "no", "POST": "no"},
        # delete:page shows what still hangs on the row instead of deleting it
        f"{stem}_delete": {"GET": "page", "POST": allowed["delete"] or "done"}
        if "delete" in allowed
        else {"GET": "no", "POST": "no"},
    }
    if "retry" in allowed:
        pages[f"{stem}_retry"] = {"POST": "done"}
    return {
        name: {method: _administrators_only(cell, actors) for method, cell in cells.items()}
        for name, cells in pages.items()
    }


def _administrators_only(cell: str, actors: int) -> tuple[str, ...]:
    return ("login", *["no"] * (actors - 2), cell)
