from django.apps import AppConfig

from apps.core.navigation import MenuItem, add_to_menu


class ImportsConfig(AppConfig):
    name = "apps.imports"
    verbose_name = "Imports"

    def ready(self):
        add_to_menu(MenuItem("Imports", "imports:list", "file-import", "imports.view_importrun", "reports", order=20))
