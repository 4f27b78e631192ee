from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "apps.listings"
    verbose_name = "Listings"
