"""`manage.py undo_import RUN`: take a whole import back."""

import pghistory
from django.core.management.base import BaseCommand, CommandError

from apps.core.refusals import Refused
from apps.imports.actions.run import undo, why_not_undo
from apps.imports.management.importing import person_called
from apps.imports.models import ImportRun


class Command(BaseCommand):
    """Undo an import run; what people changed since stays."""

    help = "Undo an import: what was new is removed, changed ones restored; what people changed since stays."

    def add_arguments(self, parser):
        parser.add_argument("run", type=int, help="the number that the import printed")
        parser.add_argument("--by", metavar="EMAIL", default="", help="who undoes it (default: the system user)")

    def handle(self, *, run: int, by: str, **options):
        person, found = person_called(by), ImportRun.objects.filter(pk=run).first()
        if found is None:
            raise CommandError(f"There is no import run {run}.")
        try:
            Refused.unless_empty(why_not_undo(found, person))
            with pghistory.context(user=person.pk, command="undo_import"):
                undone = undo(found, by=person)
        except Refused as refusal:
            raise CommandError("\n".join(refusal.sentences)) from refusal
        self.stdout.write(f"removed={undone.removed} restored={undone.restored} kept={undone.kept}")
