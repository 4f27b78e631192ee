"""What an erasure does with imports: the cells of rows that hold the person, and the files they came in."""

import re

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from apps.customers.erasing.registry import forgets, searches_files
from apps.customers.erasing.subject import pattern_of
from apps.imports.actions.files import file_on_disk
from apps.imports.models import ImportRow, ImportRun
from apps.imports.problems import Unreadable
from apps.imports.reading import open_table

CELLS = {"raw": {}, "changes": {}, "conflicts": {}, "undo": {}, "problems": []}


@forgets("Rows of imports")
def blank_rows(subject) -> int:
    """Rows with the person's name, phone or e-mail in any cell lose all their cells."""
    rows = ImportRow.objects.annotate(**{f"{name}_text": Cast(name, TextField()) for name in CELLS})
    mentions = Q(label__iregex=subject.pattern) | Q(source_key__iregex=subject.pattern)
    for name in CELLS:
        mentions |= Q(**{f"{name}_text__iregex": subject.pattern})
    return ImportRow.objects.filter(pk__in=list(rows.filter(mentions).values_list("pk", flat=True))).update(
        **CELLS, label="", source_key=""
    )


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
                with open_table(path) as table:
                    return any(mentions.search("\n".join(row.cells.values())) for row in table.rows())
            except Unreadable:  # nothing came of it, but it may hold anything
                return bool(mentions.search(path.read_bytes().decode("utf-8", "replace")))
    except Unreadable:  # the file itself is not there any more
        return False
