from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "apps.customers"
    verbose_name = "Customers"

    def ready(self):
        from django.utils.module_loading import autodiscover_modules

        from apps.core.navigation import MenuItem, add_to_menu
        from apps.customers import flags

        customers = MenuItem(
            "Customers", "customers:list", "users", "customers.view_customer", flag=flags.CUSTOMERS, order=40
        )
        add_to_menu(customers)
        autodiscover_modules("erasure")  # what each app does with the data of a person who is to be forgotten
