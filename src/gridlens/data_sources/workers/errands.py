"""Inside a worker: one errand with an uploaded file, then the end of the process."""

import os
import shutil
import traceback
from pathlib import Path
from time import monotonic
from typing import BinaryIO

import duckdb
import msgspec

from gridlens.core.disk import is_disk_full
from gridlens.core.errors import GridlensError
from gridlens.data_sources.uploads import StorageFull, UploadRefused, detect, import_table, preview
from gridlens.data_sources.workers import limits
from gridlens.data_sources.workers.errand_messages import (
    Drop,
    Errand,
    Finished,
    Import,
    LookAt,
    Progress,
    Refused,
    ShowAs,
)
from gridlens.data_sources.workers.messages import read, write

REPORT_SECONDS = 0.2
LOOKING_CPU_SECONDS = 240.0
WRITING_CPU_SECONDS = 14_400.0


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    message = read(questions)
    if message is None:
        return
    errand = msgspec.msgpack.decode(message, type=Errand)
    limits.limit_memory()
    if isinstance(errand, LookAt | ShowAs):
        limits.forbid_writing()
        limits.allow_cpu(LOOKING_CPU_SECONDS)
    else:
        limits.allow_cpu(WRITING_CPU_SECONDS)
    try:
        content = msgspec.msgpack.encode(run(errand, answers))
    except GridlensError as error:
        write(answers, refusal(error))
    except MemoryError:
        write(answers, refusal(UploadRefused("The file needs too much memory. Upload it in smaller parts.")))
    except Exception as error:
        if is_disk_full(error):
            write(
                answers, refusal(StorageFull("There is no room left on the server's disk. Nothing was kept."))
            )
        else:
            write(answers, Refused(kind="crash", detail=traceback.format_exc()))
    except BaseException:  # a panic of a native library
        write(answers, Refused(kind="crash", detail=traceback.format_exc()))
    else:
        write(answers, Finished(), content)


def run(errand: Errand, answers: BinaryIO) -> object:
    match errand:
        case LookAt():
            options = detect(Path(errand.path), errand.file_name, sheet=errand.sheet)
            return preview(Path(errand.path), options, errand.rows)
        case ShowAs():
            return preview(Path(errand.path), errand.options, errand.rows)
        case Import():
            return _import(errand, answers)
        case Drop():
            _drop(errand)
            return None


def _import(errand: Import, answers: BinaryIO) -> object:
    reported_at = 0.0

    def report(done: int, total: int) -> None:
        nonlocal reported_at
        if monotonic() - reported_at >= REPORT_SECONDS:
            reported_at = monotonic()
            write(answers, Progress(done=done, total=total))

    if errand.base is not None:
        shutil.copyfile(errand.base, errand.into)
    outcome = import_table(
        Path(errand.path),
        errand.options,
        Path(errand.into),
        errand.table,
        errand.on_bad_row,
        report,
        if_exists=errand.if_exists,
    )
    _sync(errand.into)
    return outcome


def _drop(errand: Drop) -> None:
    shutil.copyfile(errand.base, errand.into)
    quoted = errand.table.replace('"', '""')
    with duckdb.connect(errand.into) as connection:
        connection.execute(f'DROP TABLE "{quoted}"')
        connection.execute("CHECKPOINT")
    _sync(errand.into)


def _sync(path: str) -> None:
    """What is about to be named the current file must be on the disk, and so must its name."""
    for each, flags in ((path, os.O_RDWR), (os.path.dirname(path), os.O_RDONLY)):  # noqa: PTH120 -- text in, text out
        if os.name != "posix" and flags == os.O_RDONLY:
            continue
        descriptor = os.open(each, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def refusal(error: GridlensError) -> Refused:
    return Refused(
        kind=error.kind,
        detail=error.detail,
        fields=error.fields,
        extra=msgspec.json.encode(error.extra),
    )
