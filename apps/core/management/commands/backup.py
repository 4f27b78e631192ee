"""`manage.py backup`: dump the database into the file storage."""

from django.core.management.base import BaseCommand, CommandError

from apps.core.backups import KEPT, make_backup, prove_backup
from apps.core.refusals import Refused


class Command(BaseCommand):
    help = "Dump the database into the file storage and, with --prove, restore it into a database of its own."

    def add_arguments(self, parser):
        parser.add_argument("--keep", type=int, default=KEPT, help=f"how many backups stay (default {KEPT})")
        parser.add_argument("--prove", action="store_true", help="restore the new backup and count its rows")

    def handle(self, *args, keep, prove, **options):
        try:
            made = make_backup(keep=keep)
            self.stdout.write(f"{made.name}: {made.size / 1024:,.0f} KB in {made.seconds:.1f} s")
            if prove:
                proof = prove_backup(made.name)
                rows = sum(proof.rows.values())
                self.stdout.write(f"Restored: {rows:,} rows in {len(proof.rows)} tables in {proof.seconds:.1f} s")
        except Refused as refusal:
            raise CommandError(" ".join(refusal.sentences)) from refusal
