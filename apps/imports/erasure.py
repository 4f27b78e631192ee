"""What an erasure does with imports: the cells of rows that hold the person, and the files they came in."""

import re
import zipfile
from collections.abc import Iterator

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from apps.customers.erasing.registry import erases, forgets, searches_files
from apps.customers.erasing.subject import pattern_of
from apps.imports.actions.files import file_on_disk
from apps.imports.engine.process import mapping_of
from apps.imports.models import ImportRow, ImportRun
from apps.imports.problems import Unreadable
from apps.imports.reading.archive import DAMAGE
from apps.imports.understanding.survey import table_of

CELLS = {"raw": {}, "changes": {}, "conflicts": {}, "undo": {}, "problems": []}

erases("imports.CustomerRecord", "What was imported last")
erases("imports.ImportRow", "Rows of imports", blank=("label", "source_key"))


@forgets("Rows of imports that brought the person")
def blank_own_rows(subject) -> int:
    """These lose all their cells, and so do the samples by which people matched the columns of their files."""
    return _blank(ImportRow.objects.filter(customer__in=subject.ids))


@forgets("Rows of imports", reads_everything=True)
def blank_rows(subject) -> int:
    """Rows with the person's name, phone or e-mail in any cell lose all their cells."""
    rows = ImportRow.objects.annotate(**{f"{name}_text": Cast(name, TextField()) for name in CELLS})
    mentions = Q(label__iregex=subject.pattern) | Q(source_key__iregex=subject.pattern)
    for name in CELLS:
        mentions |= Q(**{f"{name}_text__iregex": subject.pattern})
    return _blank(ImportRow.objects.filter(pk__in=list(rows.filter(mentions).values_list("pk", flat=True))))


def _blank(rows) -> int:
    _blank_runs(rows)
    return rows.update(**CELLS, label="", source_key="")


def _blank_runs(rows) -> None:
    """The samples of these rows' files, and the cells of these rows that people mended."""
    numbers: dict[int, set[str]] = {}
    for run, number in rows.values_list("run", "number"):
        numbers.setdefault(run, set()).add(str(number))
    for run in ImportRun.objects.filter(pk__in=numbers):
        for column in run.survey.get("columns", ()):
            column["samples"] = []
        run.fixes = {number: cells for number, cells in run.fixes.items() if number not in numbers[run.pk]}
        run.save(update_fields=["survey", "fixes"])


@searches_files
def remove_files(words) -> int:
    """A file of which one row is the person's goes as a whole: what it brought in is here already."""
    mentions, count = re.compile(pattern_of(words), re.I), 0
    for run in ImportRun.objects.exclude(file="").iterator():
        if _holds(run, mentions):
            run.file.delete(save=False)
            ImportRun.objects.filter(pk=run.pk).update(file="")
            count += 1
    return count


def _holds(run, mentions) -> bool:
    try:
        with file_on_disk(run) as path:
            try:
                with table_of(path, mapping_of(run)) as table:
                    if any(mentions.search("\n".join(row.cells.values())) for row in table.rows()):
                        return True
                return any(mentions.search(text) for text in _packed(path))
            except Unreadable:  # nothing came of it, but it may hold anything
                return bool(mentions.search(path.read_bytes().decode("utf-8", "replace")))
    except Unreadable:  # the file itself is not there any more
        return False


def _packed(path) -> Iterator[str]:
    """The texts of all files in a ZIP, those too that were not read."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            try:
                yield archive.read(name).decode("utf-8", "replace")
            except DAMAGE:
                continue
