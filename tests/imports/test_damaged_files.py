"""Whatever happens to a file on its way: rows or a sentence, and never another error."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from apps.imports.problems import Unreadable
from tests.imports.damage import damaged_files
from tests.imports.files import understood

EXAMPLES = int(os.environ.get("CRM_DAMAGED_FILES", "300"))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged_files())
def test_a_damaged_file_gives_rows_or_sentences(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        try:
            rows = understood(path)
        except Unreadable as refusal:
            assert all(refusal.sentences)
        else:
            assert all(problem.sentence for row in rows for problem in row.problems)
