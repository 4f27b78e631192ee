from django.apps import AppConfig


class ViewingsConfig(AppConfig):
    name = "apps.viewings"
    verbose_name = "Viewings"

    def ready(self):
        from apps.core.navigation import MenuItem, add_to_menu
        from apps.viewings import flags

        add_to_menu(
            MenuItem(
                "Viewings",
                "viewings:calendar",
                "calendar",
                "viewings.view_viewing",
                flag=flags.VIEWINGS,
                order=60,
            )
        )
