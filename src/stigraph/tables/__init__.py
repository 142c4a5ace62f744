"""Tables into entries and back: a mapping says how rows of a CSV or xlsx file become nodes."""

from __future__ import annotations

from stigraph.tables.back import table_as_it_stands
from stigraph.tables.importing import Fault, Gate, Outcome, check_table, import_table
from stigraph.tables.mapping import Mapping, read_mapping
from stigraph.tables.plan import FileChange
from stigraph.tables.refusal import Refusal

__all__ = [
    "Fault",
    "FileChange",
    "Gate",
    "Mapping",
    "Outcome",
    "Refusal",
    "check_table",
    "import_table",
    "read_mapping",
    "table_as_it_stands",
]
