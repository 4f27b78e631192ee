"""`manage.py erase_customer C-00012 --dry-run`: forget a person, or say what that would do."""

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.customers.actions.erasure import erase, rehearse
from apps.customers.models import Customer


class Command(BaseCommand):
    help = "Erase a customer's data: blank what need not be kept, and name what is kept with the reason."

    def add_arguments(self, parser):
        parser.add_argument("reference", help="the customer's reference, such as C-00012")
        parser.add_argument("--dry-run", action="store_true", help="say what would be blanked and kept; change nothing")
        parser.add_argument("--ground", default="", help="why: who asked, and when")
        parser.add_argument("--by", default="", help="e-mail of the administrator who does it; else the system")

    def handle(self, *, reference, dry_run, ground, by, **options):
        customer = Customer.objects.filter(reference=reference.upper()).first()
        if customer is None:
            raise CommandError(f"There is no customer {reference}.")
        person = User.objects.filter(email__iexact=by).first() if by else User.objects.system()
        if person is None:
            raise CommandError(f"Nobody here has the address {by}.")
        try:
            self._do(customer, ground, person, dry_run)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _do(self, customer, ground, by, dry_run):
        if dry_run:
            receipt = rehearse(customer, by=by, searching=True)
            blanked, kept = receipt.blanked, [(one.what, one.count, one.reason) for one in receipt.kept]
        else:
            erasure = erase(customer, ground=ground, by=by)
            blanked, kept = erasure.blanked, erasure.kept
        self.stdout.write("Would be blanked:" if dry_run else "Blanked:")
        for what, count in blanked:
            self.stdout.write(f"  {count:>6}  {what}")
        self.stdout.write("Kept:")
        for what, count, reason in kept:
            self.stdout.write(f"  {count:>6}  {what}: {reason}")
        if dry_run:
            self.stdout.write("Nothing was changed. Afterwards a job searches every other text and file.")
        else:
            self.stdout.write("A job now searches every other text and file.")
