from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "apps.today"
    verbose_name = "Today"

    def ready(self):
        from apps.core.navigation import MenuItem, add_to_menu
        from apps.today.cards import register_all

        register_all()
        add_to_menu(MenuItem("Today", "today:today", "today", "listings.view_listing", order=10))
