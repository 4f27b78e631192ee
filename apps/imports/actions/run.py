"""A run from the file to the stock and back: upload, read, match, check, apply, undo."""

import re
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.core.events import record
from apps.core.queue import enqueue
from apps.core.refusals import NotAllowed, Refused
from apps.imports.actions.files import digest_and_size, file_on_disk
from apps.imports.actions.progress import progress_of
from apps.imports.engine.process import RowsRefused, process
from apps.imports.engine.undoing import Undone, undo_rows
from apps.imports.listings.websites import link_posts
from apps.imports.models import ImportRun, RunState
from apps.imports.problems import Unreadable
from apps.imports.understanding.mapping import Mapping
from apps.imports.understanding.survey import choose_for, survey, survey_as_json, table_of
from apps.imports.vocabularies import Subject

MATCHABLE = (RunState.MATCHING, RunState.READY, RunState.FAILED)


def why_not_import(by, subject: str = Subject.LISTINGS) -> list[str]:
    """Why this person may not import. Who imports customers may see all: rows are compared with everybody's."""
    may_see = subject != Subject.CUSTOMERS or by.has_perm("customers.view_any_customer")
    if by.has_perm("imports.run_import") and may_see:
        return []
    return [_("Only an administrator may import %(rows)s. Ask one.") % {"rows": Subject(subject).value}]


def why_not_apply(run: ImportRun, by) -> list[str]:
    """Why the run's rows cannot be imported now."""
    if refusal := why_not_import(by, run.subject):
        return refusal
    if run.state == RunState.APPLIED:
        return [_("This file is already imported. Undo the import first, or upload the file again.")]
    if run.is_working:
        return [_("The file is being worked on. Wait until that is done.")]
    if run.state != RunState.READY:
        return [_("The rows are not checked yet. Match the columns first.")]
    if not run.good_count:
        return [_("No row can be imported. Mend the rows, or match the columns again.")]
    return []


def why_not_undo(run: ImportRun, by) -> list[str]:
    """Why the run cannot be undone now."""
    if refusal := why_not_import(by, run.subject):
        return refusal
    if run.state == RunState.UNDONE:
        return [_("This import is already undone.")]
    if run.state != RunState.APPLIED:
        return [_("Nothing of this file is imported, so there is nothing to undo.")]
    return []


@transaction.atomic
def upload(file, *, source: str = "", subject: str = Subject.LISTINGS, by) -> ImportRun:
    """Keep the uploaded file (a Django File) as a new run and have it read."""
    NotAllowed.unless_empty(why_not_import(by, subject))
    digest, size = digest_and_size(file)
    name = Path(file.name).name[:200]
    run = ImportRun(subject=subject, file_name=name, file_digest=digest, file_size=size, by=by)
    run.source = source.strip()[:100]
    _keep(run, file)
    record("import.uploaded", run, by=by, file=run.file_name)
    enqueue("imports.read", by=by, run_id=run.pk)
    return run


def new_run(path: Path, *, subject: str, source: str, mapping: Mapping | None, by) -> ImportRun:
    """A run for a file on this machine (the command), already surveyed. Raises Unreadable."""
    NotAllowed.unless_empty(why_not_import(by, subject))
    with path.open("rb") as file:
        digest, size = digest_and_size(file)
    run = ImportRun(subject=subject, file_name=path.name[:200], file_digest=digest, file_size=size, by=by)
    run.source = source[:100]
    read_columns(run, path, mapping)
    run.state = RunState.MATCHING
    with path.open("rb") as file:
        _keep(run, File(file))
    record("import.uploaded", run, by=by, file=run.file_name)
    return run


def _keep(run: ImportRun, file: File) -> None:
    run.file.save(f"{run.file_digest[:16]}{Path(run.file_name).suffix[:10].lower()}", file, save=False)
    run.save()


def read_columns(run: ImportRun, path: Path, mapping: Mapping | None = None) -> None:
    """Survey the file and put on the run (not saved) how it would be understood."""
    mapping = mapping or choose_for(path, run.subject)
    if mapping.subject != run.subject:
        words = {"mapping": mapping.name, "its": mapping.subject, "ours": run.subject}
        raise Unreadable(_("The mapping %(mapping)s is for %(its)s. Choose one for %(ours)s.") % words)
    with table_of(path, mapping) as table:
        found = survey(table, mapping)
    run.kind, run.row_count, run.remarks = found.kind, found.row_count, found.remarks
    run.survey, run.mapping = survey_as_json(found), mapping.name[:100]
    run.choices = {"toml": mapping.toml} if mapping.toml else {}
    run.source = run.source or mapping.source or source_from_name(run.file_name)


def source_from_name(file_name: str) -> str:
    """A source for a file without a mapping: its name without dates and numbers, so that next month's is the same."""
    words = re.split(r"[^a-z]+", Path(file_name).stem.lower())
    months = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
    return "-".join(word for word in words if word and word[:3] not in months)[:100] or "file"


def read(run: ImportRun, *, by) -> None:
    """Read the uploaded file as far as matching its columns."""
    with failures_on(run), file_on_disk(run) as path:
        read_columns(run, path)
        run.state = RunState.MATCHING
        run.save()


@transaction.atomic
def match(run: ImportRun, choices: dict, *, by) -> None:
    """Take how the columns are to be read (`columns`, `constants`, `dates`, `source`) and have the rows checked."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    NotAllowed.unless_empty(why_not_import(by, run.subject))
    if run.state not in MATCHABLE:
        raise Refused(_("The columns cannot be matched any more. Upload the file again."))
    run.choices = {name: run.choices[name] for name in ("toml",) if name in run.choices} | choices
    for column in run.survey["columns"]:
        column["field"] = choices.get("columns", {}).get(column["name"], column["field"])
    run.source = choices.get("source") or run.source
    run.sentences = []
    _start(run, RunState.CHECKING, "imports.check", by)


def check(run: ImportRun, *, by) -> None:
    """Understand every row and plan it, without touching the stock."""
    with failures_on(run), file_on_disk(run) as path:
        check_rows(run, path, by=by)


def check_rows(run: ImportRun, path: Path, *, by) -> None:
    """The pass of a check over the file at `path`."""
    with transaction.atomic(), progress_of(run) as progress:
        process(run, path, writes=False, by=by, progress=progress)
        run.state = RunState.READY
        run.save()


@transaction.atomic
def start_import(run: ImportRun, *, skip_bad_rows: bool, by) -> None:
    """Have the checked rows imported."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    NotAllowed.unless_empty(why_not_import(by, run.subject))
    Refused.unless_empty(why_not_apply(run, by))
    if run.refused_count and not skip_bad_rows:
        words = {"count": f"{run.refused_count:,}"}
        raise Refused(_("%(count)s rows need a fix. Mend them, or import the good rows alone.") % words)
    run.skip_bad_rows = skip_bad_rows
    _start(run, RunState.APPLYING, "imports.apply", by)


def apply(run: ImportRun, *, by) -> None:
    """Write the rows of the uploaded file into the stock, all or none; rows refused meanwhile are shown again."""
    with failures_on(run), file_on_disk(run) as path:
        try:
            apply_rows(run, path, by=by)
        except RowsRefused as refusal:
            run.refresh_from_db()
            run.sentences = refusal.sentences
            check_rows(run, path, by=by)


def apply_rows(run: ImportRun, path: Path, *, by) -> None:
    """Write the rows of the file at `path`, in one transaction. Raises RowsRefused without `run.skip_bad_rows`."""
    NotAllowed.unless_empty(why_not_import(by, run.subject))
    with transaction.atomic(), progress_of(run) as progress:
        _alone(run)
        process(run, path, writes=True, by=by, progress=progress)
        run.state, run.applied_at = RunState.APPLIED, timezone.now()
        run.save()
        link_posts(run, by=by)
        record("import.applied", run, by=by, **run.counts)


@transaction.atomic
def start_undo(run: ImportRun, *, by) -> None:
    """Have the whole run undone."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    NotAllowed.unless_empty(why_not_import(by, run.subject))
    Refused.unless_empty(why_not_undo(run, by))
    _start(run, RunState.UNDOING, "imports.undo", by)


@transaction.atomic
def undo(run: ImportRun, *, by) -> Undone:
    """Take back what the run did, except where people worked on it since."""
    NotAllowed.unless_empty(why_not_import(by, run.subject))
    _alone(run)
    undone = undo_rows(run, by=by)
    run.state, run.undone_at, run.undone_by = RunState.UNDONE, timezone.now(), by
    run.kept_count = undone.kept
    run.save()
    record("import.undone", run, by=by, removed=undone.removed, restored=undone.restored, kept=undone.kept)
    return undone


def _start(run: ImportRun, state: str, job: str, by) -> None:
    run.state, run.done_count = state, 0
    run.save()
    enqueue(job, by=by, run_id=run.pk)


def _alone(run: ImportRun) -> None:
    """One import of a source at a time, and one of customers: two would both find the same row new."""
    whose = run.source if run.subject == Subject.LISTINGS else Subject.CUSTOMERS.value
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('imports'), hashtext(%s))", [whose])
        if not cursor.fetchone()[0]:
            raise Refused(_("Another such import is under way. Try again when it is done."))


@contextmanager
def failures_on(run: ImportRun):
    """A refusal becomes the run's sentences, for the page; the job itself has done its work."""
    try:
        yield
    except Refused as refusal:
        fields = {"state": RunState.FAILED, "sentences": refusal.sentences}
        ImportRun.objects.filter(pk=run.pk).update(**fields)
        for name, value in fields.items():
            setattr(run, name, value)
