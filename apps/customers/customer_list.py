"""The list of customers, described once for every door. Doors that know more (matching) add filters to it."""

from django.utils.translation import gettext_lazy as _

from apps.core.lists.catalogue import Catalogue
from apps.customers import flags
from apps.customers.filters import FILTERS, ORDERS, VIEWS
from apps.customers.list_search import CustomerSearch
from apps.customers.models import Customer
from apps.customers.rows import COLUMNS

CUSTOMERS = Catalogue(
    key="customers",
    model=Customer,
    route="customers:list",
    permission="customers.view_customer",
    nouns=(_("customer"), _("customers")),
    filters=FILTERS,
    views=VIEWS,
    orders=ORDERS,
    search=CustomerSearch(),
    columns=COLUMNS,
    related=("agent",),
    flag=flags.CUSTOMERS,
)
