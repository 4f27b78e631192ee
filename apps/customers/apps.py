from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "apps.customers"
    verbose_name = "Customers"

    def ready(self):
        from django.utils.module_loading import autodiscover_modules

        from apps.core.navigation import MenuItem, add_to_menu
        from apps.customers import flags

        permission = "customers.view_customer"
        add_to_menu(
            MenuItem(
                "Customers", "customers:list", "users", permission, flag=flags.CUSTOMERS, order=40, count=self.count
            )
        )
        autodiscover_modules("erasure")  # what each app does with the data of a person who is to be forgotten

    @staticmethod
    def count(user) -> str:
        """How many this person may see."""
        from apps.core.counting import CHEAP_UP_TO, capped_counts, capped_words
        from apps.customers.models import Customer

        return capped_words(*capped_counts(Customer.objects.visible_to(user), cap=CHEAP_UP_TO))
