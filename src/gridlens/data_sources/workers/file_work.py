"""Sends workers on errands with uploaded files, each in a process of its own."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import structlog

from gridlens.core.errors import GridlensError
from gridlens.data_sources.uploads import (
    BadRowsFound,
    ImportOutcome,
    Preview,
    ReadOptions,
    StorageFull,
    UploadRefused,
)
from gridlens.data_sources.workers.errand_messages import (
    Drop,
    Errand,
    Finished,
    Import,
    LookAt,
    Progress,
    Refused,
    Report,
    ShowAs,
)
from gridlens.data_sources.workers.worker import Worker

LOOK_SECONDS = 60.0
IMPORT_SECONDS = 3600.0
MOST_AT_ONCE = 2
ERRORS = {kind.kind: kind for kind in (UploadRefused, BadRowsFound, StorageFull)}
AnswerT = TypeVar("AnswerT")
log = structlog.get_logger()


class FileWork:
    """A hostile file gets a process that holds nothing of anybody else's, and ends with the errand."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(MOST_AT_ONCE)

    async def look_at(self, path: Path, file_name: str, rows: int, sheet: str | None) -> Preview:
        errand = LookAt(path=str(path), file_name=file_name, rows=rows, sheet=sheet)
        return await self._run(errand, Preview, LOOK_SECONDS)

    async def show_as(self, path: Path, options: ReadOptions, rows: int) -> Preview:
        return await self._run(ShowAs(path=str(path), options=options, rows=rows), Preview, LOOK_SECONDS)

    async def import_table(self, errand: Import, progress: Callable[[int, int], None]) -> ImportOutcome:
        return await self._run(errand, ImportOutcome, IMPORT_SECONDS, progress)

    async def drop_table(self, errand: Drop) -> None:
        await self._run(errand, type(None), IMPORT_SECONDS)

    async def _run(
        self,
        errand: Errand,
        answer: type[AnswerT],
        seconds: float,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> AnswerT:
        async with self._free:
            worker = await Worker.start("errands")
            try:
                async with asyncio.timeout(seconds):
                    await worker.send(errand)
                    return msgspec.msgpack.decode(await _result(worker, progress), type=answer)
            except TimeoutError as error:
                raise UploadRefused(
                    f"The file could not be read within {seconds:g} s. Upload it in smaller parts."
                ) from error
            except (asyncio.IncompleteReadError, ConnectionError) as error:
                log.warning("errand_ended_early", errand=type(errand).__name__)
                raise UploadRefused(
                    "The file needs too much memory, or is damaged in a way that cannot be read. Export it "
                    "again, or upload it in smaller parts."
                ) from error
            finally:
                await asyncio.shield(worker.kill())


async def _result(worker: Worker, progress: Callable[[int, int], None]) -> bytes:
    while True:
        head, body = await worker.receive()
        report = msgspec.msgpack.decode(head, type=Report)
        match report:
            case Progress():
                progress(report.done, report.total)
            case Finished():
                return body
            case Refused():
                raise _error(report)


def _error(refused: Refused) -> GridlensError:
    if refused.kind not in ERRORS:
        log.error("errand_crashed", detail=refused.detail)
        return UploadRefused(
            "The file could not be read. Export it again, or in another format, and upload that."
        )
    return ERRORS[refused.kind](
        refused.detail, fields=refused.fields, extra=msgspec.json.decode(refused.extra)
    )
