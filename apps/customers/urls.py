"""Addresses of customers, all launched dark."""

from django.urls import include, path

app_name = "customers"
urlpatterns = [
    path("", include("apps.customers.urls_records")),
]
