"""Addresses of the list of customers."""

from django.urls import path

from apps.customers.views import list as customers_list

urlpatterns = [
    path("", customers_list.customers, name="list"),
    path("counts/", customers_list.counts, name="counts"),
    path("filters/", customers_list.filters, name="filters"),
    path("export/<str:kind>/", customers_list.export, name="export"),
    path("bulk/<str:verb>/", customers_list.bulk, name="bulk"),
    path("matches/", customers_list.matches, name="matches"),
    path("<str:reference>/pager/", customers_list.pager, name="pager"),
]
