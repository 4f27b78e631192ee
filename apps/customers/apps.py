from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "apps.customers"
    verbose_name = "Customers"

    def ready(self):
        from apps.core.navigation import MenuItem, add_to_menu
        from apps.customers import flags

        customers = MenuItem(
            "Customers", "customers:list", "users", "customers.view_customer", flag=flags.CUSTOMERS, order=40
        )
        add_to_menu(customers)
