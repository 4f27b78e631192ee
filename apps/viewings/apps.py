from django.apps import AppConfig


class ViewingsConfig(AppConfig):
    name = "apps.viewings"
    verbose_name = "Viewings"

    def ready(self):
        from apps.core.navigation import MenuItem, add_to_menu
        from apps.customers.timeline import Line, say
        from apps.viewings import flags
        from apps.viewings.timeline import FOR_CUSTOMERS

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
        for verb, (says, icon, hue) in FOR_CUSTOMERS.items():
            say(verb, Line(says, icon, hue, kind="viewings", box="line"))
