"""The agreed terms of a source: read, changed as a whole or word by word, restored."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from gridlens.analytics.access import require
from gridlens.analytics.models import SemanticModelRow
from gridlens.analytics.people import people_by_id
from gridlens.analytics.running.query import Query
from gridlens.analytics.running.service import QueryService
from gridlens.analytics.semantic import editing, files
from gridlens.analytics.semantic.checking import Finding, findings
from gridlens.analytics.semantic.errors import InvalidModel
from gridlens.analytics.semantic.model import SemanticModel
from gridlens.analytics.semantic.proposing import proposed
from gridlens.analytics.semantic.schemas import (
    Changed,
    FindingOut,
    NewTerm,
    NewVerified,
    SemanticFile,
    SemanticOut,
    VersionOut,
)
from gridlens.analytics.semantic.store import SemanticStore
from gridlens.analytics.semantic.visible import is_partial, visible
from gridlens.core.database import Database
from gridlens.core.errors import GridlensError, NotFound, Refused
from gridlens.core.events import Bus
from gridlens.core.models import utc_now
from gridlens.core.outbox import Outbox
from gridlens.core.principal import Principal
from gridlens.shared.analytics import SemanticModelChanged
from gridlens.shared.auth import ActionAudited
from gridlens.shared.data_sources import DescribeSource, SourceDescription
from gridlens.shared.permissions import Permission

MOST_FINDINGS_TOLD = 20


class SemanticService:
    """Everybody who may read a source reads its terms; whoever edits questions changes them for all."""

    def __init__(
        self,
        database: Database,
        bus: Bus,
        outbox: Outbox,
        queries: QueryService,
        store: SemanticStore,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._bus = bus
        self._outbox = outbox
        self._queries = queries
        self._store = store
        self._clock = clock

    async def get(self, principal: Principal, source_id: UUID) -> SemanticOut:
        source = await self._source(principal, source_id)
        version, kept = await self._store.current(principal.organisation_id, source_id)
        model = visible(kept, source)
        row = await self._store.row(principal.organisation_id, source_id)
        people = await people_by_id(self._bus, principal)
        return SemanticOut(
            source_id=source_id,
            version=version,
            model=model,
            proposal=proposed(source.catalog),
            findings=tuple(_told(found) for found in self._findings(model, source)),
            can_edit=principal.may(Permission.EDIT_QUESTIONS) and not is_partial(source),
            changed_by=people.get(row.changed_by) if row and row.changed_by else None,
            changed_at=row.updated_at if row else None,
        )

    async def export(self, principal: Principal, source_id: UUID) -> SemanticFile:
        """What is agreed as a file; where nothing is yet, what the catalog suggests."""
        source = await self._source(principal, source_id)
        version, model = await self._store.current(principal.organisation_id, source_id)
        shown = visible(model, source) if version else proposed(source.catalog)
        return SemanticFile(version=version, text=files.write(shown))

    async def check(self, principal: Principal, source_id: UUID, text: str) -> tuple[FindingOut, ...]:
        """What in a file does not fit the source, each with its line."""
        source = await self._source(principal, source_id)
        return await check_file(self._queries, principal, source, text, self._today(source))

    async def put(
        self, principal: Principal, source_id: UUID, version: int, model: SemanticModel
    ) -> SemanticOut:
        """The whole model anew. What did not fit before may stay; what newly does not is refused."""
        await self._change(principal, source_id, version, model, "The terms were edited")
        return await self.get(principal, source_id)

    async def put_file(self, principal: Principal, source_id: UUID, version: int, text: str) -> SemanticOut:
        """The same from a file; a wrong one is refused with line and reason."""
        model = files.read(text)
        note = "A file was imported"
        await self._change(principal, source_id, version, model, note, files.lines_of(text))
        return await self.get(principal, source_id)

    async def define(self, principal: Principal, source_id: UUID, term: NewTerm) -> Changed:
        """Words that mean something for everybody from now on."""
        version, model = await self._to_change(principal, source_id)
        note = f"“{term.words}” was defined"
        return await self._change(principal, source_id, version, editing.define(model, term), note)

    async def verify(self, principal: Principal, source_id: UUID, new: NewVerified) -> Changed:
        """The right answer to a question, in the name of the asker."""
        if (new.plan is None) == (new.sql is None):
            raise InvalidModel("A verified question has either a plan or SQL. Send one of them.")
        version, model = await self._to_change(principal, source_id)
        today = self._clock().astimezone(ZoneInfo(principal.zone)).date()
        changed = editing.verify(model, new.question, new.plan, new.sql, principal.name, today)
        note = f"“{new.question}” was verified"
        return await self._change(principal, source_id, version, changed, note)

    async def unverify(self, principal: Principal, source_id: UUID, question: str) -> Changed:
        version, model = await self._to_change(principal, source_id)
        if model.verified(question) is None:
            raise NotFound("This question is not verified here.")
        note = f"“{question}” is no longer verified"
        return await self._change(principal, source_id, version, editing.unverify(model, question), note)

    async def versions(self, principal: Principal, source_id: UUID) -> list[VersionOut]:
        if is_partial(await self._source(principal, source_id)):
            return []
        people = await people_by_id(self._bus, principal)
        return [
            VersionOut(
                version=row.version,
                note=row.note,
                changed_by=people.get(row.changed_by) if row.changed_by else None,
                changed_at=row.created_at,
            )
            for row in await self._store.versions(principal.organisation_id, source_id)
        ]

    async def restore(self, principal: Principal, source_id: UUID, version: int, to: int) -> SemanticOut:
        """An earlier version as the newest one; 0 is the one that says nothing."""
        await self._to_change(principal, source_id)
        model = SemanticModel()
        if to:
            kept = await self._store.versions(principal.organisation_id, source_id)
            document = next((row.document for row in kept if row.version == to), None)
            if document is None:
                raise NotFound("This version is no longer kept. Choose another one.")
            model = msgspec.json.decode(document, type=SemanticModel)
        await self._change(principal, source_id, version, model, f"Version {to} was restored", is_old=True)
        return await self.get(principal, source_id)

    async def _source(self, principal: Principal, source_id: UUID) -> SourceDescription:
        require(principal, Permission.READ_CATALOGS)
        return await self._bus.request(DescribeSource(principal=principal, source_id=source_id))

    async def _to_change(self, principal: Principal, source_id: UUID) -> tuple[int, SemanticModel]:
        await self._editable(principal, source_id)
        return await self._store.current(principal.organisation_id, source_id)

    async def _editable(self, principal: Principal, source_id: UUID) -> SourceDescription:
        require(principal, Permission.EDIT_QUESTIONS)
        source = await self._source(principal, source_id)
        if is_partial(source):
            raise Refused(
                "You see only a part of this source, and its terms are for everybody. Ask somebody who sees "
                "all of it."
            )
        return source

    def _findings(self, model: SemanticModel, source: SourceDescription) -> tuple[Finding, ...]:
        return findings(model, source, self._today(source))

    def _today(self, source: SourceDescription) -> date:
        return self._clock().astimezone(ZoneInfo(source.zone)).date()

    async def _change(
        self,
        principal: Principal,
        source_id: UUID,
        version: int,
        model: SemanticModel,
        note: str,
        lines: Mapping[str, int] | None = None,
        *,
        is_old: bool = False,
    ) -> Changed:
        """Keep the model as the version after ``version``, with what newly does not fit refused."""
        source = await self._editable(principal, source_id)
        if not is_old:
            await self._refuse_new(principal, source, model, lines or {})
        row = SemanticModelRow(
            organisation_id=principal.organisation_id, source_id=source_id, changed_by=principal.user_id
        )
        async with self._database.transaction() as session:
            await self._store.keep(session, row, expected=version, model=model, note=note)
            changed = SemanticModelChanged(
                organisation_id=principal.organisation_id, source_id=source_id, version=version + 1
            )
            self._outbox.save(session, changed)
            audited = ActionAudited(
                organisation_id=principal.organisation_id,
                user_id=principal.user_id,
                action="terms.changed",
                subject=str(source_id),
                detail={"version": version + 1, "what": note[:200]},
            )
            self._outbox.save(session, audited)
        return Changed(version=version + 1, before=version)

    async def _refuse_new(
        self,
        principal: Principal,
        source: SourceDescription,
        model: SemanticModel,
        lines: Mapping[str, int],
    ) -> None:
        _, before = await self._store.current(principal.organisation_id, source.source_id)
        known = {(found.place, found.reason) for found in self._findings(before, source)}
        found = [each for each in self._findings(model, source) if (each.place, each.reason) not in known]
        asked = {question.sql for question in before.questions}
        found += await _refused_sql(self._queries, principal, source, model, asked)
        if found:
            first = _told(found[0], lines)
            more = f" There are {len(found) - 1} more." if len(found) > 1 else ""
            told = [msgspec.to_builtins(_told(each, lines)) for each in found[:MOST_FINDINGS_TOLD]]
            raise InvalidModel(f"{first.place}: {first.reason.rstrip('.')}.{more}", first.line, told)


async def check_file(
    queries: QueryService, principal: Principal, source: SourceDescription, text: str, today: date
) -> tuple[FindingOut, ...]:
    """What in a file does not fit the source, each with its line.

    Raises:
        InvalidModel: it is no file of terms at all.
    """
    model, lines = files.read(text), files.lines_of(text)
    found = [*findings(model, source, today), *await _refused_sql(queries, principal, source, model)]
    return tuple(_told(each, lines) for each in found)


async def _refused_sql(
    queries: QueryService,
    principal: Principal,
    source: SourceDescription,
    model: SemanticModel,
    known: Collection[str | None] = (),
) -> list[Finding]:
    """Verified SQL that the guard would not run."""
    refused: list[Finding] = []
    for place, question in enumerate(model.questions):
        if question.sql is not None and question.sql not in known:
            query = Query(source_id=source.source_id, sql=question.sql, door="sql", row_limit=1)
            try:
                await queries.check(principal, query)
            except GridlensError as error:
                refused.append(Finding(f"$.questions[{place}].sql", question.question, error.detail))
    return refused


def _told(found: Finding, lines: Mapping[str, int] | None = None) -> FindingOut:
    """With the line of the place, or of the nearest thing around it that was written."""
    path = found.path
    while lines and path not in lines and len(path) > 1:
        path = path[: max(path.rfind("."), path.rfind("["))]
    line = lines.get(path) if lines else None
    return FindingOut(path=found.path, place=found.place, reason=found.reason, line=line)
