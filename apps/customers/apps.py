from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "apps.customers"
    verbose_name = "Customers"

    def ready(self):
        from django.utils.module_loading import autodiscover_modules

        from apps.core.navigation import MenuItem, add_to_menu
        from apps.customers import flags

        permission, works = "customers.view_customer", "customers.change_customer"
        add_to_menu(
            MenuItem(
                "Customers", "customers:list", "users", permission, flag=flags.CUSTOMERS, order=40, count=self.count
            ),
            MenuItem("Tasks", "tasks:list", "circle-check", works, flag=flags.CUSTOMERS, order=75, count=self.tasks),
        )
        autodiscover_modules("erasure")  # what each app does with the data of a person who is to be forgotten

    @staticmethod
    def tasks(user) -> str:
        """How many tasks of this person are due; nothing is said where none is."""
        from apps.core.counting import CHEAP_UP_TO, capped_counts, capped_words
        from apps.customers.models import Task

        (due,) = capped_counts(Task.objects.due_for(user), cap=CHEAP_UP_TO)
        return capped_words(due) if due else ""

    @staticmethod
    def count(user) -> str:
        """How many this person may see."""
        from apps.core.counting import CHEAP_UP_TO, capped_counts, capped_words
        from apps.customers.models import Customer

        return capped_words(*capped_counts(Customer.objects.visible_to(user), cap=CHEAP_UP_TO))
