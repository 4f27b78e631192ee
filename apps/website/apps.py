from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "apps.website"
    verbose_name = "Website"

    def ready(self):
        from apps.core.navigation import MenuItem, add_to_menu
        from apps.customers.timeline import say
        from apps.viewings.report import add_to_report
        from apps.website import checks, flags, jobs_adopting  # noqa: F401  (declares the checks and the jobs)
        from apps.website.enquiries import jobs  # noqa: F401
        from apps.website.enquiries.catalogue import waiting
        from apps.website.enquiries.timeline import FOR_CUSTOMERS
        from apps.website.numbers.sums import for_owner

        for verb, line in FOR_CUSTOMERS.items():
            say(verb, line)
        add_to_report(for_owner)
        enquiries = MenuItem(
            "Enquiries", "enquiries:list", "inbox", "website.view_enquiry", flag=flags.WEBSITE, order=75, count=waiting
        )
        add_to_menu(enquiries)
        add_to_menu(MenuItem("Website", "website:sites", "world", "website.view_site", flag=flags.WEBSITE, order=80))
