"""Jobs of imports. Each starts from the state the run is in, so that a repeated or rescued job does no harm."""

from apps.core.queue import job
from apps.imports.actions import run as actions
from apps.imports.models import ImportRun, RunState


@job("imports.read")
def read(run_id: int, *, by) -> None:
    """Read an uploaded file as far as its columns."""
    _do(run_id, RunState.READING, actions.read, by)


@job("imports.check")
def check(run_id: int, *, by) -> None:
    """Understand and plan every row."""
    _do(run_id, RunState.CHECKING, actions.check, by)


@job("imports.apply")
def apply(run_id: int, *, by) -> None:
    """Write the rows into the stock."""
    _do(run_id, RunState.APPLYING, actions.apply, by)


@job("imports.undo")
def undo(run_id: int, *, by) -> None:
    """Take a run back."""
    _do(run_id, RunState.UNDOING, actions.undo, by)


def _do(run_id: int, state: str, action, by) -> None:
    run = ImportRun.objects.filter(pk=run_id, state=state).first()
    if run:
        action(run, by=by)
