"""`manage.py renew_secrets`: after a new key in FIELD_ENCRYPTION_KEYS, so that the old one can be taken away."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from apps.core.encryption import renew
from apps.website.models import Site

SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


class Command(BaseCommand):
    help = "Encrypt the secrets of second factors and websites under the newest key."

    @transaction.atomic
    def handle(self, *args, **options):
        rows = Authenticator.objects.filter(type__in=SEALED).select_for_update()
        for authenticator in rows:
            name = SEALED[authenticator.type]
            authenticator.data[name] = renew(authenticator.data[name])
            authenticator.save(update_fields=["data"])
        sites = Site.objects.select_for_update()
        for site in sites:
            sealed = {name: renew(getattr(site, name)) for name in ("password", "intake_key") if getattr(site, name)}
            Site.objects.filter(pk=site.pk).update(**sealed)
        self.stdout.write(f"{len(rows) + len(sites)} secrets are under the newest key.")
