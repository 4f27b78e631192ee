"""Reading files of any kind as streams of rows. `open_table` is the way in."""

from apps.imports.reading.files import MAX_FILE, open_table, too_large
from apps.imports.reading.rows import Layout, Lookup, Pairs, RawRow, Table

__all__ = ["MAX_FILE", "Layout", "Lookup", "Pairs", "RawRow", "Table", "open_table", "too_large"]
