from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "apps.listings"
    verbose_name = "Listings"

    def ready(self):
        from apps.core.navigation import MenuItem, add_to_menu
        from apps.listings import checks, flags  # noqa: F401  registers and declares them

        add_to_menu(MenuItem("Listings", "listings:list", "building", "listings.view_listing", order=30))
