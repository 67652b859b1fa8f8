"""Changing who sees what of a source, and looking at it as somebody else would."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gridlens.core.errors import GridlensError, Invalid, NotFound
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.data_sources.access.file import Directory, read_file, write_file
from gridlens.data_sources.access.rules import (
    People,
    Place,
    Rule,
    Rules,
    Seen,
    gone_from,
    held_back,
    seen_by,
)
from gridlens.data_sources.access.schemas import (
    AccessOut,
    AccessPreview,
    CheckedCondition,
    ConditionCheck,
    SeenRows,
)
from gridlens.data_sources.access.stored import read, read_arrivals, written, written_arrivals
from gridlens.data_sources.connections import DIALECTS
from gridlens.data_sources.connectors import Statement
from gridlens.data_sources.engines import Engines
from gridlens.data_sources.errors import AccessChanged, RuleRefused, StepUpRequired
from gridlens.data_sources.models import Source, SourceAccess
from gridlens.data_sources.profiles.dialects import DIALECTS as SQL_DIALECTS
from gridlens.data_sources.schemas import TableName
from gridlens.data_sources.services.access import find_source, require
from gridlens.data_sources.services.catalogs import CatalogService, Described, description_of, table_in
from gridlens.shared.access import Restriction, RowCondition
from gridlens.shared.analytics import GuardStatement, ReadCondition
from gridlens.shared.auth import ActionAudited, FindPrincipal, ListGroups, ListPeople
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.permissions import Permission

COUNT_SECONDS = 10.0
_CHANGE_RULES = "change who sees which rows and columns"


class AccessService:
    """Only administrators see the rules and change them, and a change asks them again who they are."""

    def __init__(self, core: Core, engines: Engines, catalogs: CatalogService) -> None:
        self._database = core.database
        self._bus = core.bus
        self._outbox = core.outbox
        self._engines = engines
        self._catalogs = catalogs

    async def get(self, principal: Principal, source_id: UUID) -> AccessOut:
        _, described = await self._catalogs.described(principal, source_id)
        async with self._database.transaction() as session:
            stored = await session.get(SourceAccess, source_id)
        if stored is None:
            return AccessOut(version=0, rules=())
        rules = read(stored.rules)
        return AccessOut(
            version=stored.version,
            rules=rules,
            gone=tuple(
                TableName(schema=schema, name=name) for schema, name in gone_from(described.catalog, rules)
            ),
            held=held_back(described.catalog, rules, read_arrivals(stored.arrivals)),
        )

    async def replace(
        self,
        principal: Principal,
        source_id: UUID,
        rules: Rules,
        *,
        version: int | None = None,
        released: Iterable[Place] = (),
        is_stepped_up: bool = False,
    ) -> AccessOut:
        """Make these the rules, and hold back the released tables no longer.

        With a version, refused when somebody changed the rules since, or a table arrived. Answers from
        before are forgotten with the catalog's version, under which they were kept.
        """
        require(principal, Permission.MANAGE_ACCESS)
        if not is_stepped_up:
            raise StepUpRequired(_CHANGE_RULES)
        await self._check(principal, source_id, rules, await self._directory(principal))
        try:
            async with self._database.transaction() as session:
                source = await find_source(session, principal.organisation_id, source_id)
                freed = frozenset(released)
                await self._store(session, source, rules, version, freed)
                self._catalogs.change(session, source)
                self._audit(session, principal, source, rules, freed)
        except IntegrityError as error:
            raise AccessChanged from error
        return await self.get(principal, source_id)

    async def as_file(self, principal: Principal, source_id: UUID) -> str:
        """The rules as YAML, with the names of people and groups in place of their ids."""
        rules = (await self.get(principal, source_id)).rules
        return write_file(rules, await self._directory(principal))

    async def replace_by_file(
        self, principal: Principal, source_id: UUID, text: str, *, is_stepped_up: bool = False
    ) -> AccessOut:
        """Make what a file says the rules; a mistake in it is told with its line, and changes nothing."""
        require(principal, Permission.MANAGE_ACCESS)
        if not is_stepped_up:
            raise StepUpRequired(_CHANGE_RULES)
        directory = await self._directory(principal)
        found = read_file(text, directory)
        for place, (line, rule) in enumerate(found):
            try:
                await self._check(principal, source_id, (rule,), directory)
            except RuleRefused as error:
                raise RuleRefused(place, error.reason, line=line) from error
        return await self.replace(
            principal, source_id, tuple(rule for _, rule in found), is_stepped_up=is_stepped_up
        )

    async def check_condition(
        self, principal: Principal, source_id: UUID, asked: ConditionCheck
    ) -> CheckedCondition:
        """Whether a condition can be applied to a table, and how many rows pass for whom."""
        source, described = await self._catalogs.described(principal, source_id)
        table = table_in(described.catalog.tables, asked.schema, asked.table)
        try:
            names = await self._read(source, table, asked.condition)
            if not names:
                await self._try(source, described, table, asked.condition)
        except GridlensError as error:
            return CheckedCondition(reason=error.detail)
        return CheckedCondition(attributes=names)

    async def preview(self, principal: Principal, source_id: UUID, asked: AccessPreview) -> SeenRows:
        """A table as somebody else sees it: by the rules that are stored, or by those given."""
        source, described = await self._catalogs.described(principal, source_id)
        somebody = await self._bus.request(FindPrincipal(user_id=asked.user_id))
        if somebody is None or somebody.organisation_id != principal.organisation_id:
            raise NotFound("There is no such person, or they cannot sign in. Choose somebody else.")
        whole = table_in(described.catalog.tables, asked.schema, asked.table)
        if asked.rules is not None:
            await self._check(principal, source_id, asked.rules, await self._directory(principal))
            described = replace(described, rules=asked.rules)
        left = seen_by(somebody, described.catalog, described.rules, described.arrivals)
        seen = description_of(source, described, left)
        if all((each.schema, each.name) != (asked.schema, asked.table) for each in seen.catalog.tables):
            return SeenRows(is_hidden=True)
        sample = await self._catalogs.rows_of(source, seen, asked.table, asked.schema, asked.rows)
        restriction = next((each for each in seen.restrictions if each.table.name == whole.name), None)
        shown = [column.name for column in sample.columns]
        return SeenRows(
            columns=sample.columns,
            rows=sample.rows,
            hidden_columns=tuple(each.name for each in whole.columns if each.name not in shown),
            masked_columns=restriction.masked if restriction else (),
            visible_rows=await self._count(source, seen, whole),
            all_rows=await self._count(source, None, whole),
        )

    async def uses_of_group(self, organisation_id: UUID, group_id: UUID) -> tuple[str, ...]:
        """The sources whose rules name a group."""
        async with self._database.transaction() as session:
            stored = await session.execute(
                select(Source.name, SourceAccess.rules)
                .join(SourceAccess, SourceAccess.source_id == Source.id)
                .where(Source.organisation_id == organisation_id)
                .order_by(Source.name)
            )
            return tuple(
                f"the access rules of “{name}”"
                for name, text in stored
                if any(group_id in (*rule.binds.groups, *rule.spares.groups) for rule in read(text))
            )

    async def forget_user(self, session: AsyncSession, organisation_id: UUID, user_id: UUID) -> None:
        """Take somebody who is gone out of the rules; one that bound nobody else goes with them."""
        stored = await session.scalars(
            select(SourceAccess).where(SourceAccess.organisation_id == organisation_id)
        )
        for each in list(stored):
            rules = read(each.rules)
            left = tuple(
                rule
                for rule in (_without(rule, user_id) for rule in rules)
                if rule.binds_everybody or rule.binds
            )
            if left != rules:
                each.rules, each.version = written(left), each.version + 1
                self._catalogs.change(session, await session.get_one(Source, each.source_id))

    async def _check(self, principal: Principal, source_id: UUID, rules: Rules, directory: Directory) -> None:
        source, described = await self._catalogs.described(principal, source_id)
        for place, rule in enumerate(rules):
            try:
                _check_shape(rule, directory)
                if rule in described.rules:
                    continue  # its table or column may be gone by now, where it goes on to hold others back
                try:
                    table = table_in(described.catalog.tables, rule.schema, rule.table)
                except NotFound as error:
                    raise Invalid(error.detail, fields={"table": "is not there"}) from error
                if rule.column is not None and all(each.name != rule.column for each in table.columns):
                    raise Invalid(
                        f"The table “{rule.table}” has no column “{rule.column}”.",
                        fields={"column": "is not there"},
                    )
                if rule.condition is not None:
                    await self._read(source, table, rule.condition)
            except GridlensError as error:
                raise RuleRefused(place, error.detail) from error

    async def _read(self, source: Source, table: CatalogTable, text: str) -> tuple[str, ...]:
        """The attributes that a condition needs."""
        return await self._bus.request(ReadCondition(dialect=DIALECTS[source.kind], table=table, text=text))

    async def _try(self, source: Source, described: Described, table: CatalogTable, text: str) -> None:
        """Let the engine itself say whether it takes a condition that needs nobody's attributes."""
        restriction = Restriction(
            table=table,
            columns=tuple(column.name for column in table.columns),
            conditions=(RowCondition(text=text),),
        )
        whole = Seen(catalog=described.catalog, restrictions=(restriction,), rights="tried")
        shown = Described(described.catalog, frozenset(), described.rules)
        tried = description_of(source, shown, whole)
        await self._catalogs.rows_of(source, tried, table.name, table.schema, 1)

    async def _store(
        self,
        session: AsyncSession,
        source: Source,
        rules: Rules,
        version: int | None,
        released: frozenset[Place],
    ) -> None:
        stored = await session.get(SourceAccess, source.id, with_for_update=True)
        if stored is None:
            if version:
                raise AccessChanged
            session.add(
                SourceAccess(
                    source_id=source.id,
                    organisation_id=source.organisation_id,
                    version=1,
                    rules=written(rules),
                    arrivals=written_arrivals(()),
                )
            )
            await session.flush()
            return
        known = stored.version if version is None else version
        mine = (SourceAccess.source_id == source.id) & (SourceAccess.version == known)
        taken = await session.execute(
            update(SourceAccess)
            .where(mine)
            .values(
                version=known + 1,
                rules=written(rules),
                arrivals=written_arrivals(read_arrivals(stored.arrivals) - released),
            )
            .execution_options(synchronize_session=False)
        )
        if not taken.rowcount:  # type: ignore[attr-defined]
            raise AccessChanged

    async def _directory(self, principal: Principal) -> Directory:
        people = await self._bus.request(ListPeople(principal=principal))
        groups = await self._bus.request(ListGroups(principal=principal))
        return Directory(
            users={person.user_id: person.email for person in people},
            groups={group.group_id: group.name for group in groups},
        )

    async def _count(self, source: Source, seen: SourceDescription | None, table: CatalogTable) -> int | None:
        """How many rows there are; nothing when counting them takes long."""
        sql = f"SELECT count(*) FROM {SQL_DIALECTS[source.kind].table(table)}"  # noqa: S608 -- quoted
        try:
            if seen is not None and seen.rights:
                sql = await self._bus.request(GuardStatement(source=seen, sql=sql, row_limit=1))
            connector = await self._engines.connector(source)
            fetched = await connector.fetch(Statement(sql=sql, row_limit=1, deadline_seconds=COUNT_SECONDS))
        except GridlensError:
            return None
        return int(fetched.frame.item(0, 0))

    def _audit(
        self,
        session: AsyncSession,
        principal: Principal,
        source: Source,
        rules: Rules,
        released: frozenset[Place],
    ) -> None:
        detail: dict[str, str | int | float | bool | None] = {
            "name": source.name,
            "rules": len(rules),
            "tables": _listed(rule.table for rule in rules),
        }
        if released:
            detail["released"] = _listed(name for _, name in released)
        self._outbox.save(
            session,
            ActionAudited(
                organisation_id=source.organisation_id,
                user_id=principal.user_id,
                action="source.access_changed",
                subject=f"source:{source.id}",
                detail=detail,
            ),
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(set(names)))[:1000]


def _check_shape(rule: Rule, directory: Directory) -> None:
    """What the kind of a rule asks of it, and whom it names."""
    if (rule.condition is None) == (rule.kind == "rows"):
        raise Invalid("A rule about rows has a condition, and no other rule has one.")
    if (rule.column is None) == (rule.kind in {"hide_column", "mask_column"}):
        raise Invalid("A rule about a column names it, and no other rule does.")
    if rule.binds_everybody == bool(rule.binds):
        raise Invalid("Say whom the rule binds: everybody, or some roles, groups or people.")
    for people in (rule.binds, rule.spares):
        if not set(people.groups) <= directory.groups.keys():
            raise Invalid("The rule names a group that is not there any more.")
        if not set(people.users) <= directory.users.keys():
            raise Invalid("The rule names somebody who is not there, or cannot sign in any more.")


def _without(rule: Rule, user_id: UUID) -> Rule:
    def left(people: People) -> People:
        users = tuple(each for each in people.users if each != user_id)
        return msgspec.structs.replace(people, users=users)

    return msgspec.structs.replace(rule, binds=left(rule.binds), spares=left(rule.spares))
