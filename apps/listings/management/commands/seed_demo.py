"""Fill the database with the demo agency, Marina & Co."""

from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.models import User
from apps.customers.actions.duplicates import refresh_pairs
from apps.listings.demo.build import build_demo
from apps.listings.demo.people import AGENCY, PASSWORD, STAFF
from apps.listings.models import Listing, Photo, Unit
from apps.matching.demo import build_wishes
from apps.viewings.demo.build import build_viewings
from apps.viewings.models import Viewing
from apps.website.demo.build import build_websites
from apps.website.models import Enquiry, Site


class Command(BaseCommand):
    help = "Fill the database with a demo agency: staff, places, 150 units, listings in every status, drawn photos."

    def add_arguments(self, parser):
        parser.add_argument(
            "--even-in-production", action="store_true", help="do it although CRM_ENVIRONMENT is production"
        )

    def handle(self, *args, **options):
        if settings.PRODUCTION and not options["even_in_production"]:
            raise CommandError(
                "This is production, and the demo signs in with a password that everybody knows. "
                "Nothing was changed. Add --even-in-production if you mean it."
            )
        started = perf_counter()
        new = build_demo()
        build_wishes(list(User.objects.filter(email__in=[person.email for person in STAFF]).order_by("pk")))
        new["viewings"] = build_viewings()
        new |= build_websites()
        refresh_pairs()
        rows = (
            ("units", Unit),
            ("listings", Listing),
            ("photos", Photo),
            ("viewings", Viewing),
            ("websites", Site),
            ("enquiries", Enquiry),
        )
        counts = ", ".join(f"{model.objects.count()} {name} ({new[name]} new)" for name, model in rows)
        self.stdout.write(f"{AGENCY}: {counts} in {perf_counter() - started:.1f} s.")
        for person in STAFF:
            self.stdout.write(f"  {person.email:<24}{person.role.label:<15}{PASSWORD}")
