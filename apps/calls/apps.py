from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "apps.calls"
    verbose_name = "Phone calls"

    def ready(self):
        from apps.core.navigation import MenuItem, add_to_menu
        from apps.customers import flags

        add_to_menu(
            MenuItem("Phone call", "calls:call", "phone", "customers.add_customer", flag=flags.CUSTOMERS, order=70)
        )
