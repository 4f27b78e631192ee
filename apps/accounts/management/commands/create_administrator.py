"""`manage.py create_administrator EMAIL`: the first way into a new system."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from apps.accounts.actions.invitation import invite
from apps.accounts.mail import site_address
from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.core.refusals import Refused


class Command(BaseCommand):
    help = "Print a link by which EMAIL becomes an administrator. It works once; no mail is sent."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="full name (default: the part before the @)")

    def handle(self, *args, email, name, **options):
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{email}” is not an email address.") from error
        values = {"email": email, "full_name": name or email.split("@")[0], "role": Role.ADMINISTRATOR}
        try:
            invitation = invite(values, by=User.objects.system(), send=False)
        except Refused as refusal:
            raise CommandError(" ".join(refusal.sentences)) from refusal
        link = site_address(reverse("accounts:accept-invitation", args=[invitation.token]))
        self.stdout.write(f"{link}\nIt works once, until {invitation.expires_at:%d %b %Y}.")
