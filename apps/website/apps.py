from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "apps.website"
    verbose_name = "Website"

    def ready(self):
        from apps.core.navigation import MenuItem, add_to_menu
        from apps.website import flags

        add_to_menu(MenuItem("Website", "website:sites", "world", "website.view_site", flag=flags.WEBSITE, order=80))
