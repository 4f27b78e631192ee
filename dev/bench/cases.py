"""What is measured in the connected database: addresses, a signed-in person, and the SQL of the floor."""

import json
import sys

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Agency, Flag, User
from apps.accounts.roles import Role
from apps.core import keyset
from apps.customers.filters import ORDERS as CUSTOMER_ORDERS
from apps.customers.models import Customer
from apps.listings.filters.orders import ORDERS as LISTING_ORDERS
from apps.listings.models import Listing, Place

PAGE = 25
LATEST_LISTING = LISTING_ORDERS.order(LISTING_ORDERS.default)
LATEST_CUSTOMER = CUSTOMER_ORDERS.order(CUSTOMER_ORDERS.default)
PAGES = 1000
SAVED = """
    UPDATE listings_listing SET list_price = list_price + 1, version = version + 1 WHERE id = :id;
    INSERT INTO listings_pricechange (listing_id, old_price, new_price, currency, at, by_id, reason)
    SELECT id, list_price, list_price, currency, now(), created_by_id, '' FROM listings_listing WHERE id = :id
"""


def show() -> None:
    """Print one line of JSON: `cookies` of a signed-in manager, and `cases` with name, url, sql and, to save, form."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(_manager())
    cases = []
    for table, pages in (("listings_listing", _pages()), ("customers_customer", _pages_of_customers())):
        for name, url in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            cases.append({"name": name, "url": url, "sql": _main_query(queries, table)})
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    csrf = cookies[settings.CSRF_COOKIE_NAME]
    sys.stdout.write(json.dumps({"cookies": cookies, "csrf": csrf, "cases": [*cases, _save()]}) + "\n")


def _manager():
    Agency.objects.update(requires_mfa=False)
    for name in ("customers", "matching", "viewings"):
        Flag.objects.update_or_create(name=name, defaults={"everyone": True})
    email = "manager@bench.invalid"
    return User.objects.filter(email=email).first() or User.objects.create_user(
        email, full_name="Priya Nair", role=Role.MANAGER
    )


def _pages() -> list[tuple[str, str]]:
    marina = Place.objects.get(name="Dubai Marina")
    return [
        ("first page", "/listings/"),
        ("two filters with sort", f"/listings/?status=Active&place={marina.pk}&sort=-price"),
        (f"page {PAGES:,}", f"/listings/?after={_cursor_far_down(Listing, LATEST_LISTING)}"),
        ("rare word", "/listings/?q=lighthouse"),
        ("common word", "/listings/?q=marina"),
        ("detail", "/listings/B-500/"),
    ]


def _pages_of_customers() -> list[tuple[str, str]]:
    return [
        ("customers, first page", "/customers/"),
        ("customers, two filters with sort", "/customers/?stage=searching&source=portal&sort=-contact"),
        (f"customers, page {PAGES:,}", f"/customers/?after={_cursor_far_down(Customer, LATEST_CUSTOMER)}"),
        ("customers, rare word", "/customers/?q=lighthouse"),
        ("customers, common word", "/customers/?q=mohammed"),
        ("customers, part of a phone", "/customers/?q=0500004"),
        ("customers, detail", f"/customers/{Customer.objects.order_by('pk')[500].reference}/"),
    ]


def _cursor_far_down(model, order: keyset.Order) -> str:
    """The cursor of the row before page 1,000, or before the last page of a smaller stock."""
    rows = model.objects.order_by(*(f"-{key.name}" for key in order.keys))
    place = min((PAGES - 1) * PAGE, rows.count() - PAGE) - 1
    return keyset.encode(keyset.cursor_of(rows[place], order, place))


def _main_query(queries, table: str) -> str:
    """The page's own rows, as SQL with its values: the longest query that reads the table."""
    return max((query["sql"] for query in queries if f'FROM "{table}"' in query["sql"]), key=len)


def _save() -> dict:
    """A price changed in its row; the floor is the least that must be written."""
    listing = Listing.objects.filter(listing_id__startswith="B-", list_price__gt=1000).order_by("pk")[100]
    sql = SAVED.replace(":id", str(listing.pk + 1))
    form = {"version": listing.version, "list_price": int(listing.list_price)}
    return {"name": "save", "url": f"/listings/{listing.listing_id}/price/", "sql": sql, "form": form}
