from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "apps.customers"
    verbose_name = "Customers"

    def ready(self):
        from apps.customers import flags  # noqa: F401  declares them
