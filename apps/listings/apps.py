from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "apps.listings"
    verbose_name = "Listings"

    def ready(self):
        from apps.listings import flags  # noqa: F401  declares them
