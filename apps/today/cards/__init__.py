"""The cards and figures that Today has from the start, in the order in which the day asks for them."""

from apps.customers import flags as customers
from apps.today.cards import feedback, figures, leads, listings, mandates, tasks, viewings
from apps.today.registry import SIDE, Action, Card, Figure, add_action, add_card, add_figure
from apps.viewings import flags as viewings_flags

AGENTS = "listings.change_listing"  # who works listings and customers; marketing and viewers don't
EVERYBODY = "listings.view_listing"
MARKETING = "listings.manage_photos"


def register_all() -> None:
    """Register everything; called once at start."""
    on_customers = {"permission": "customers.change_customer", "flag": customers.CUSTOMERS}
    on_viewings = {"permission": "viewings.change_viewing", "flag": viewings_flags.VIEWINGS}
    add_figure(
        Figure("To answer", load=figures.waiting, order=10, **on_customers),
        Figure("Tasks due", load=figures.tasks_due, order=20, **on_customers),
        Figure("Viewings today", load=figures.viewings_today, order=30, **on_viewings),
        Figure("On the market", EVERYBODY, figures.on_the_market, order=60),
        Figure("Price reduced", EVERYBODY, figures.reduced, instead=AGENTS, order=70),
        Figure("Without photos", MARKETING, figures.without_photos, instead=AGENTS, order=80),
    )
    add_card(
        Card("viewings", "Viewings", load=viewings.load, every=120, order=10, **on_viewings),
        Card("tasks", "Tasks due", load=tasks.load, every=300, order=20, **on_customers),
        Card("changed", "Changed lately", EVERYBODY, listings.changed, instead=AGENTS, order=30),
        Card("leads", "To answer", load=leads.load, column=SIDE, every=30, order=10, **on_customers),
        Card("feedback", "Feedback to add", load=feedback.load, column=SIDE, order=50, **on_viewings),
        Card("photos", "Without photos", MARKETING, listings.without_photos, SIDE, instead=AGENTS, order=30),
        Card("mandates", "Ending soon", AGENTS, mandates.load, SIDE, order=40),
    )
    add_action(
        Action("New listing", "listings:new", "plus", "listings.add_listing", order=10),
        Action("Book viewing", "viewings:book", "calendar-plus", key="V", order=20, **on_viewings),
        Action("New customer", "customers:new", "plus", key="N", order=30, **on_customers),
    )
