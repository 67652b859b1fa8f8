"""Files that people drop: what they are, how they are to be read, and their way into a table.

Functions over paths, without web or database of ours. Call them in a worker process: the bytes are hostile.
"""

from gridlens.data_sources.uploads.caution import Caution
from gridlens.data_sources.uploads.detection import detect
from gridlens.data_sources.uploads.errors import BadRowsFound, StorageFull, UploadRefused
from gridlens.data_sources.uploads.importing import ImportedColumn, ImportOutcome, import_table
from gridlens.data_sources.uploads.names import table_name
from gridlens.data_sources.uploads.options import (
    ENCODINGS,
    ColumnOptions,
    DateOrder,
    FileFormat,
    ReadOptions,
)
from gridlens.data_sources.uploads.overviews import Overview, Span
from gridlens.data_sources.uploads.previews import Preview, PreviewColumn, PreviewRow, preview
from gridlens.data_sources.uploads.reading import BadRow
from gridlens.data_sources.uploads.sniffing import sniff

__all__ = [
    "ENCODINGS",
    "BadRow",
    "BadRowsFound",
    "Caution",
    "ColumnOptions",
    "DateOrder",
    "FileFormat",
    "ImportOutcome",
    "ImportedColumn",
    "Overview",
    "Preview",
    "PreviewColumn",
    "PreviewRow",
    "ReadOptions",
    "Span",
    "StorageFull",
    "UploadRefused",
    "detect",
    "import_table",
    "preview",
    "sniff",
    "table_name",
]
