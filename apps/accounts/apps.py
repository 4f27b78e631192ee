from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    verbose_name = "People and agency"

    def ready(self):
        from apps.accounts import checks  # noqa: F401  registers them
        from apps.accounts.agency_time import agency_time
        from apps.core.navigation import MenuItem, add_to_menu
        from apps.core.queue import surround_jobs

        surround_jobs(agency_time)

        add_to_menu(
            MenuItem("People", "accounts:people", "users", "accounts.manage_people", group="settings", order=10),
            MenuItem("Agency", "accounts:agency", "settings", "accounts.change_agency", group="settings", order=20),
            MenuItem("Flags", "accounts:flags", "flag", "accounts.switch_flags", group="settings", order=30),
            MenuItem("Data fixes", "admin:index", "edit", "accounts.change_agency", group="settings", order=40),
        )
