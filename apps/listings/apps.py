from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "apps.listings"
    verbose_name = "Listings"

    def ready(self):
        from apps.core.navigation import MenuItem, add_to_menu
        from apps.customers.duplicates import tell_buildings
        from apps.listings import checks, flags  # noqa: F401  registers and declares them

        add_to_menu(
            MenuItem("Listings", "listings:list", "building", "listings.view_listing", order=30, count=self.count)
        )
        tell_buildings("owned", "SELECT owner_id, place_id FROM listings_unit WHERE owner_id IS NOT NULL")

    @staticmethod
    def count(user) -> str:
        """How many this person may see."""
        from apps.core.counting import CHEAP_UP_TO, capped_counts, capped_words
        from apps.listings.models import Listing

        return capped_words(*capped_counts(Listing.objects.visible_to(user), cap=CHEAP_UP_TO))
