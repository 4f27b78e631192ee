"""What each subject of imports supplies to a pass over a file, and to taking a run back."""

from apps.core.editing import canonical
from apps.imports.engine.planned import Planned
from apps.imports.models import ImportRow, ImportRun


class Engine:
    """Plans the rows of one run batch after batch, and writes them where the pass `writes`."""

    def __init__(self, run: ImportRun, *, writes: bool, by):
        self.run, self.writes, self.by = run, writes, by

    def prepare(self, understanding, table) -> None:
        """Look at the whole file first, where that is needed to know its rows."""

    def plan(self, rows: list) -> list[Planned]:
        """What is to become of each row of the batch; nothing of the subject is written."""
        raise NotImplementedError

    def write(self, planned: list[Planned]) -> dict[int, dict]:
        """Write the batch; returns what an undo needs, by row number."""
        raise NotImplementedError

    def finish(self) -> None:
        """Put on the run what the pass brought beside its rows."""

    def label(self, p: Planned) -> str:
        """What people know the row by."""
        raise NotImplementedError


class Undoing:
    """Takes back what a run did with one subject."""

    keys: tuple[str, ...] = ()  # columns that hold keys of other rows
    record_model: type

    def __init__(self, run: ImportRun, *, by):
        self.run, self.by = run, by

    def removed(self, rows: list[ImportRow]) -> tuple[int, int]:
        """Remove what the run made of these rows; returns how many, and how many stay because people worked on them."""
        raise NotImplementedError

    def restored(self, rows: list[ImportRow]) -> tuple[int, int]:
        """Put back what the run changed for these rows; returns how many, and how many people changed since."""
        raise NotImplementedError

    def made_rows(self):
        """The rows of the run that made something which is still there."""
        raise NotImplementedError

    def changed_rows(self):
        """The rows of the run that say what to put back, in the order in which that is done."""
        return self.run.rows.filter(undo__has_key="record")

    def finish(self) -> None:
        """Remove what the run brought beside its rows."""

    def put_back(self, row, values: dict[str, list]) -> tuple[set[str], list[str]]:
        """Set on the object each column that still is as the run left it; the names of the others, and of those set."""
        kept, columns = set(), []
        for name, (before, after) in values.items():
            field = row._meta.get_field(name.removesuffix("_id") if name in self.keys else name)
            if canonical(getattr(row, name)) == canonical(_typed(field, after)):
                setattr(row, name, _typed(field, before))
                columns.append(name)
            elif before != after:
                kept.add(name)
        return kept, columns


def _typed(field, value):
    """A value from JSON as the column holds it."""
    return value if value is None or field.is_relation else field.to_python(value)
