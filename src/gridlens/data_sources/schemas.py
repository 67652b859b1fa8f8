"""What the HTTP surface of data_sources takes and gives."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from gridlens.data_sources.connections import Settings, from_stored
from gridlens.data_sources.models import Source, SourceTask, SourceUpload
from gridlens.data_sources.uploads import BadRow, Caution, ImportedColumn, Preview, ReadOptions
from gridlens.data_sources.uploads.importing import IfExists, OnBadRow
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.results import Column, ColumnRole, KeptSeconds

Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Zone = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$")]
Password = Annotated[str, Meta(max_length=1024)]
Identifier = Annotated[str, Meta(min_length=1, max_length=255)]
TableNameInput = Annotated[
    str,
    Meta(
        min_length=1, max_length=120, pattern=r"^\w[\w -]*$", description="Letters, digits, _, - and spaces."
    ),
]
Cell = str | int | float | bool | None


class _Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """Something that came from outside."""


class _Output(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something that goes out; never with a secret in it."""


class NewSource(_Input, frozen=True, kw_only=True):
    """``zone`` is where times without a zone of their own were read off the clock."""

    name: Name
    connection: Settings
    password: Password = ""
    zone: Zone = "UTC"
    anchors_to_newest: bool = False
    kept_seconds: KeptSeconds | None = None


class ConnectionTest(_Input, frozen=True, kw_only=True):
    """``source_id`` lets an unchanged password stay where it is stored."""

    connection: Settings
    password: Password | None = None
    source_id: UUID | None = None


class SourceChange(_Input, frozen=True, kw_only=True):
    """Only what is given changes. A new server or user needs the password again.

    ``keptSeconds`` of null leaves how long answers are kept to the server's settings.
    """

    name: Name | UnsetType = UNSET
    zone: Zone | UnsetType = UNSET
    anchors_to_newest: bool | UnsetType = UNSET
    kept_seconds: KeptSeconds | UnsetType | None = UNSET
    connection: Settings | UnsetType = UNSET
    password: Password | UnsetType = UNSET


class RefreshSchedule(_Input, frozen=True, kw_only=True):
    """A cron expression of five fields, read in ``zone``."""

    cron: Annotated[str, Meta(min_length=9, max_length=200)]
    zone: Zone = "UTC"


class TableChange(_Input, frozen=True, kw_only=True):
    """``None`` takes back what was said; a hidden table can be neither seen nor asked."""

    table: Identifier
    schema: Identifier | None = None
    label: Name | UnsetType | None = UNSET
    description: Annotated[str, Meta(max_length=2000)] | UnsetType | None = UNSET
    is_hidden: bool | UnsetType = UNSET


class ColumnChange(_Input, frozen=True, kw_only=True):
    """``None`` takes back what was said; an empty unit says that there is none."""

    table: Identifier
    column: Identifier
    schema: Identifier | None = None
    label: Name | UnsetType | None = UNSET
    description: Annotated[str, Meta(max_length=2000)] | UnsetType | None = UNSET
    unit: Annotated[str, Meta(max_length=40)] | UnsetType | None = UNSET
    role: ColumnRole | UnsetType | None = UNSET


class NewFileSource(_Input, frozen=True, kw_only=True):
    """A source that begins with this table. ``zone`` is where its days begin."""

    name: Name
    zone: Zone = "UTC"


class NewImport(_Input, frozen=True, kw_only=True):
    """Where the table goes: a source of files that is there, or a new one."""

    table: TableNameInput
    options: ReadOptions
    source_id: UUID | None = None
    new_source: NewFileSource | None = None
    on_bad_row: OnBadRow = "reject"
    if_exists: IfExists = "refuse"


class PreviewAs(_Input, frozen=True, kw_only=True):
    """How the file is to be read, as a person corrected it."""

    options: ReadOptions
    rows: Annotated[int, Meta(ge=1, le=500)] = 100


class SourceOut(_Output, frozen=True, kw_only=True):
    source_id: UUID
    name: str
    kind: Literal["postgresql", "mysql", "sqlite", "duckdb", "files"]
    connection: Settings
    has_password: bool
    zone: str
    anchors_to_newest: bool
    kept_seconds: int | None
    state: Literal["new", "ready", "failed"]
    last_error: str | None
    catalog_version: int
    refreshed_at: datetime | None
    refresh_schedule: RefreshSchedule | None
    size_bytes: int
    owner_id: UUID
    created_at: datetime

    @classmethod
    def of(cls, source: Source) -> "SourceOut":
        schedule = (
            RefreshSchedule(cron=source.refresh_cron, zone=source.refresh_zone or "UTC")
            if source.refresh_cron
            else None
        )
        return cls(
            source_id=source.id,
            name=source.name,
            kind=source.kind,  # type: ignore[arg-type]  # one of them, or it could not have been stored
            connection=from_stored(source.settings),
            has_password=source.secret is not None,
            zone=source.zone,
            anchors_to_newest=source.anchors_to_newest,
            kept_seconds=source.kept_seconds,
            state=source.state,  # type: ignore[arg-type]  # as above
            last_error=source.last_error,
            catalog_version=source.catalog_version,
            refreshed_at=source.refreshed_at,
            refresh_schedule=schedule,
            size_bytes=source.size_bytes,
            owner_id=source.owner_id,
            created_at=source.created_at,
        )


class TaskOutcome(_Output, frozen=True, kw_only=True):
    """What came of a task; which members are filled follows from its kind.

    A refresh tells ``tables`` and ``without_profile``. An import tells ``table`` and what follows, and
    one that failed for its rows tells ``row_count`` and the bad ones, the first thousand in full.
    """

    tables: int | None = None
    without_profile: tuple[str, ...] = ()
    table: str | None = None
    rows_imported: int | None = None
    columns: tuple[ImportedColumn, ...] = ()
    row_count: int | None = None
    bad_row_count: int = 0
    bad_rows: tuple[BadRow, ...] = ()
    set_aside_table: str | None = None
    cautions: tuple[Caution, ...] = ()


class FileFoldersOut(_Output, frozen=True, kw_only=True):
    """Folders of the server whose SQLite and DuckDB files may be connected by path."""

    folders: tuple[str, ...]


class TaskOut(_Output, frozen=True, kw_only=True):
    """``done`` of ``total`` are bytes for an import and tables for a refresh."""

    task_id: UUID
    source_id: UUID
    kind: Literal["refresh", "import"]
    state: Literal["waiting", "running", "done", "failed"]
    done: int
    total: int
    outcome: TaskOutcome | None
    error: str | None
    finished_at: datetime | None

    @classmethod
    def of(cls, task: SourceTask, hidden: frozenset[str] = frozenset()) -> "TaskOut":
        """``hidden`` tables are not named to whoever reads this."""
        outcome = msgspec.json.decode(task.outcome, type=TaskOutcome) if task.outcome else None
        if outcome is not None and hidden:
            named = tuple(each for each in outcome.without_profile if each not in hidden)
            outcome = msgspec.structs.replace(outcome, without_profile=named)
        return cls(
            task_id=task.id,
            source_id=task.source_id,
            kind=task.kind,  # type: ignore[arg-type]  # one of them, or it could not have been stored
            state=task.state,  # type: ignore[arg-type]  # as above
            done=task.done,
            total=task.total,
            outcome=outcome,
            error=task.error,
            finished_at=task.finished_at,
        )


class CreatedSource(_Output, frozen=True, kw_only=True):
    """The source, and the task that reads its catalog; none where there is nothing to read yet."""

    source: SourceOut
    task: TaskOut | None


class TableName(_Output, frozen=True, kw_only=True):
    name: str
    schema: str | None = None


class CatalogOut(_Output, frozen=True, kw_only=True):
    """What a source holds, as people named it. Hidden tables are only named."""

    source_id: UUID
    version: int
    read_at: datetime | None
    tables: tuple[CatalogTable, ...]
    hidden_tables: tuple[TableName, ...]


class SampleOut(_Output, frozen=True, kw_only=True):
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class UploadPreview(_Output, frozen=True, kw_only=True):
    """The file as it would be imported; ``table_name`` is a name for the table, made of the file's."""

    upload: "UploadOut"
    preview: Preview
    table_name: str


class ImportStarted(_Output, frozen=True, kw_only=True):
    source: SourceOut
    task: TaskOut


class UploadOut(_Output, frozen=True, kw_only=True):
    upload_id: UUID
    file_name: str
    size_bytes: int
    expires_at: datetime

    @classmethod
    def of(cls, upload: SourceUpload) -> "UploadOut":
        return cls(
            upload_id=upload.id,
            file_name=upload.file_name,
            size_bytes=upload.size_bytes,
            expires_at=upload.expires_at,
        )
