"""What `import_listings FILE` and `import_customers FILE` share: the import page, for a file on this machine."""

import json
from pathlib import Path

import pghistory
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from apps.accounts.agency_time import agency_time
from apps.core.refusals import Refused
from apps.imports.actions.run import apply_rows, check_rows, new_run
from apps.imports.engine.process import RowsRefused
from apps.imports.models import ImportRun
from apps.imports.understanding.mapping import read_mapping
from apps.imports.vocabularies import Subject

SHOWN = 20


class ImportCommand(BaseCommand):
    """Import a file of one subject. The last line is `new=N changed=N same=N warned=N refused=N`."""

    subject = Subject.LISTINGS

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")
        parser.add_argument(
            "--source", default="", help="what the file's ids are unique within (default: the mapping's)"
        )
        parser.add_argument("--mapping", type=Path, help="a TOML file (default: the project's that fits)")
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows when others are refused")
        parser.add_argument("--by", metavar="EMAIL", default="", help="who imports (default: the system user)")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(self, *, file: Path, by: str, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}. Check the path.")
        person = person_called(by)
        try:
            with agency_time(), pghistory.context(user=person.pk, command=f"import_{self.subject.value}"):
                run, is_refused = self._import(file, person, options)
        except Refused as refusal:
            raise CommandError("\n".join(refusal.sentences)) from refusal
        self._report(run, options["json"])
        if is_refused:
            raise SystemExit(1)

    def _import(self, file: Path, person, options) -> tuple[ImportRun, bool]:
        mapping = read_mapping(options["mapping"]) if options["mapping"] else None
        run = new_run(file, subject=self.subject.value, source=options["source"], mapping=mapping, by=person)
        run.skip_bad_rows = options["skip_bad_rows"]
        if options["dry_run"]:
            check_rows(run, file, by=person)
            return run, False
        try:
            apply_rows(run, file, by=person)
        except RowsRefused as refusal:
            run.refresh_from_db()
            run.sentences = refusal.sentences
            check_rows(run, file, by=person)
            self.stderr.write("\n".join(refusal.sentences) + " Add --skip-bad-rows to import the good rows.")
            return run, True
        return run, False

    def _report(self, run: ImportRun, as_json: bool):
        if as_json:
            self.stdout.write(json.dumps(run.counts | {"run": run.pk, "state": run.state}))
            return
        self.stdout.write(f"Run {run.pk}: {run.file_name}, {run.row_count:,} rows, source {run.source}.")
        for remark in run.remarks:
            self.stdout.write(remark)
        kept = [c["name"] for c in run.survey["columns"] if not c["field"] and c["filled"]]
        if kept:
            self.stdout.write(f"Columns kept with each row without being used: {', '.join(kept)}.")
        troubled = run.rows.exclude(problems=[]).order_by("number")
        for row in troubled[:SHOWN]:
            for problem in row.problems:
                where = f"row {row.number}" + (f", {problem['column']}" if problem["column"] else "")
                self.stdout.write(
                    f"{where}: {problem['sentence']}" + (f" ({problem['value']})" if problem["value"] else "")
                )
        if troubled.count() > SHOWN:
            self.stdout.write(f"... and {troubled.count() - SHOWN:,} more rows with a warning or refusal.")
        self.stdout.write(" ".join(f"{name}={count}" for name, count in run.counts.items()))


def person_called(email: str):
    """The active member of staff of that e-mail, or the system user. Raises CommandError."""
    users = get_user_model().objects
    if not email:
        return users.system()
    person = users.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody here has the e-mail {email}.")
    return person
